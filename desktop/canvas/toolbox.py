"""The tools of the canvas, by the names of their actions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.types import Combine
from desktop.canvas.view import CanvasView
from desktop.canvas.workbench import Workbench
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Tool
from desktop.tools.brush_settings import BrushSettings
from desktop.tools.lasso import LassoTool
from desktop.tools.like_colour import BucketTool, WandTool
from desktop.tools.pan import PanTool
from desktop.tools.polygon import PolygonTool
from desktop.tools.smart_select import SmartSelectTool
from desktop.tools.stroke import StrokeTool
from desktop.tools.transform import TransformTool
from desktop.tools.two_corners import Shape, TwoCornersTool
from desktop.workers.finding import BackgroundFinder


class Toolbox(QObject):
    """Makes every tool once. Their texts are the names of the undo steps."""

    def __init__(self, bench: Workbench, view: CanvasView, brush: BrushSettings, area: AreaSettings) -> None:
        super().__init__(view)
        self.finder = BackgroundFinder(self)
        self.tools: dict[str, Tool] = {
            "hand": PanTool(view.pan_by),
            "brush": _stroke_tool(bench, brush, erase=False),
            "eraser": _stroke_tool(bench, brush, erase=True),
            "lasso": LassoTool(bench, area, self.tr("Lasso")),
            "polygon": PolygonTool(bench, area, self.tr("Polygon")),
            "rectangle": TwoCornersTool(bench, area, Shape.RECTANGLE, self.tr("Rectangle")),
            "ellipse": TwoCornersTool(bench, area, Shape.ELLIPSE, self.tr("Ellipse")),
            "bucket": BucketTool(bench, area, self.tr("Fill")),
            "wand": WandTool(bench, area, self.tr("Magic wand")),
            "transform": TransformTool(bench, self.tr("Transform")),
            "smart": SmartSelectTool(bench, brush, area, self.finder, self.tr("Smart select")),
        }


def _stroke_tool(bench: Workbench, brush: BrushSettings, erase: bool) -> StrokeTool:
    return StrokeTool(
        bench,
        brush,
        lambda: bench.may_change(Combine.SUBTRACT if erase else Combine.ADD),
        lambda labels, points, radius: bench.preview_stroke(labels, points, radius, erase),
        lambda points, radius: bench.commit_stroke(points, radius, erase),
    )
