"""Prometheus figures of the web process, served at /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

registry = CollectorRegistry()

screens = Gauge("nghisu_screens", "Screens on the line", ["surface"], registry=registry)
pushes = Counter("nghisu_pushes", "Topic frames handed to screens", registry=registry)
push_seconds = Histogram(
    "nghisu_push_seconds", "Time to hand one topic to all its watchers", registry=registry,
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1),
)
requests = Histogram(
    "nghisu_request_seconds", "Time to answer an HTTP request", ["method", "route", "status"], registry=registry,
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 1, 5),
)
refusals = Counter("nghisu_refusals", "Refusals by code", ["code"], registry=registry)
