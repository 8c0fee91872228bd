"""The tools of the canvas, by the names of their actions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.canvas.view import CanvasView
from desktop.canvas.workbench import Workbench
from desktop.session.edges import SessionEdges
from desktop.session.shapes import SessionShapes
from desktop.tools.area_settings import AreaSettings
from desktop.tools.base import Tool
from desktop.tools.brush_settings import BrushSettings
from desktop.tools.inspection.probe import Probe, ProbeTool
from desktop.tools.lasso import LassoTool
from desktop.tools.pan import PanTool
from desktop.tools.polygon import PolygonTool
from desktop.tools.refine_edge import RefineEdgeTool
from desktop.tools.regions.settings import RegionSettings
from desktop.tools.regions.tool import RegionTool
from desktop.tools.similar_colour import BucketTool, WandTool
from desktop.tools.smart_select import SmartSelectTool
from desktop.tools.splines.shape_tool import ShapeTool
from desktop.tools.stroke import StrokeTool
from desktop.tools.transform import TransformTool
from desktop.tools.two_corners import Shape, TwoCornersTool
from desktop.workers.finding import BackgroundFinder
from desktop.workers.regions import RegionCutter


class Toolbox(QObject):
    """Makes every tool once. Their texts are the names of the undo steps."""

    def __init__(
        self,
        bench: Workbench,
        view: CanvasView,
        brush: BrushSettings,
        area: AreaSettings,
        shapes: SessionShapes,
        edges: SessionEdges,
    ) -> None:
        super().__init__(view)
        self.finder = BackgroundFinder(self)
        self.cutter = RegionCutter(self)
        self.regions = RegionSettings(self)
        self.probe = Probe(self)
        self.regions.changed.connect(view.refresh_tool)
        self.tools: dict[str, Tool] = {
            "hand": PanTool(view.pan_by),
            "brush": StrokeTool(bench, brush, erases=False),
            "eraser": StrokeTool(bench, brush, erases=True),
            "lasso": LassoTool(bench, area, self.tr("Lasso")),
            "polygon": PolygonTool(bench, area, self.tr("Polygon")),
            "shape": ShapeTool(bench, shapes, area),
            "rectangle": TwoCornersTool(bench, area, Shape.RECTANGLE, self.tr("Rectangle")),
            "ellipse": TwoCornersTool(bench, area, Shape.ELLIPSE, self.tr("Ellipse")),
            "bucket": BucketTool(bench, area, self.tr("Fill")),
            "wand": WandTool(bench, area, self.tr("Magic wand")),
            "transform": TransformTool(bench, self.tr("Transform")),
            "smart": SmartSelectTool(bench, brush, area, self.finder, self.tr("Smart select")),
            "regions": RegionTool(bench, self.regions, area, self.cutter, self.tr("Regions")),
            "probe": ProbeTool(self.probe),
            "refine": RefineEdgeTool(bench, brush, area, edges),
        }
