"""Small widgets that panels and bars are made of."""
