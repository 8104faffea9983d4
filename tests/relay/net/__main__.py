"""The process of one line: see forwarder.py."""

from tests.relay.net.forwarder import main

main()
