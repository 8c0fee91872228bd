"""Points and boxes instead of masks: how they are typed, and the anchors that come of them."""
