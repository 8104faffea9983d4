"""`nghisu edge`: the relay in a committee room's building.

One feed from the centre over CURVE; the same children as at the centre serve the walls and seats of the building over
WHEP. The newest orders are kept on disk: when the line or the centre dies, pictures end, slate and recording go on.
"""
