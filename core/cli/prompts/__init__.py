"""Points and boxes in the place of masks: how they are typed, and the anchors that come of them."""
