"""The actions: one table of what a person can do, from which menus, tool bars, shortcuts and tooltips are made."""
