"""Every action in one table, and the menus."""

from __future__ import annotations

from desktop.actions import (
    compare_menu,
    edit_menu,
    file_menu,
    go_menu,
    help_menu,
    mask_menu,
    objects_menu,
    overlay_menu,
    propagate_menu,
    shapes_menu,
    view_menu,
)
from desktop.actions.spec import ActionSpec, Menu

_MENUS = (file_menu, edit_menu, mask_menu, view_menu, go_menu, objects_menu, propagate_menu, help_menu)
_SUBMENUS = {"overlay": overlay_menu, "compare": compare_menu, "shapes": shapes_menu}
"""Submenus by their name in the menu that holds them."""

SPECS: tuple[ActionSpec, ...] = tuple(spec for menu in (*_MENUS, *_SUBMENUS.values()) for spec in menu.SPECS)
MENUS: tuple[Menu, ...] = tuple(menu.MENU for menu in _MENUS)
SUBMENUS: dict[str, Menu] = {name: menu.MENU for name, menu in _SUBMENUS.items()}
