"""Everything of Rotoflow that is not a window. Imports no Qt, ever."""
