"""The drawn charts of the demonstration papers: bars, lines and a pie in one quiet set of colours.

Colours differ in lightness too, so that the charts survive a black-and-white printer. Charts are `Any` to the type
checker: reportlab's published types take the type of an attribute from its default (int for every length).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.charts.piecharts import Pie
from reportlab.graphics.shapes import Drawing
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib import colors

from server.core.typeface import REGULAR, register_fonts
from server.demo.papers.figures import vn

WIDTH, HEIGHT = 455.0, 210.0  # points
PALETTE = [colors.HexColor(code) for code in ("#9e1b1b", "#d9a441", "#2f4b6e", "#8fa3b8", "#5c7a4a", "#c9c2b2")]


def bars(labels: Sequence[str], series: Mapping[str, Sequence[float]], *, digits: int = 1) -> Drawing:
    """Grouped bars with the figure above each; one colour a series."""
    register_fonts()
    chart: Any = VerticalBarChart()
    _place(chart, labels, list(series.values()))
    chart.barLabels.fontName, chart.barLabels.fontSize = REGULAR, 8.5
    chart.barLabelFormat = lambda value: vn(value, digits)
    chart.barLabels.nudge = 7
    chart.barSpacing, chart.groupSpacing = 1.5, 12
    for number in range(len(series)):
        chart.bars[number].fillColor = PALETTE[number]
        chart.bars[number].strokeColor = None
    return _drawing(chart, list(series))


def lines(labels: Sequence[str], series: Mapping[str, Sequence[float]]) -> Drawing:
    """Lines with round marks; one colour a series."""
    register_fonts()
    chart: Any = HorizontalLineChart()
    _place(chart, labels, list(series.values()))
    for number in range(len(series)):
        chart.lines[number].strokeColor = PALETTE[number]
        chart.lines[number].strokeWidth = 2
        chart.lines[number].symbol = _marker()
    return _drawing(chart, list(series))


def pie(parts: Mapping[str, float]) -> Drawing:
    """Shares in per cent; the legend carries the figures."""
    register_fonts()
    drawing = Drawing(WIDTH, HEIGHT - 30)
    chart: Any = Pie()
    chart.x, chart.y, chart.width, chart.height = 40, 12, 150, 150
    chart.data = list(parts.values())
    chart.startAngle, chart.direction = 90, "clockwise"
    chart.slices.strokeColor, chart.slices.strokeWidth = colors.white, 1.2
    for number in range(len(parts)):
        chart.slices[number].fillColor = PALETTE[number]
    drawing.add(chart)
    named = [f"{name}: {vn(share, 1)}%" for name, share in parts.items()]
    drawing.add(_legend(named, x=225, y=(HEIGHT - 30) / 2 + 9 * len(parts), columns=len(parts)))
    return drawing


def _marker() -> Any:
    make: Any = makeMarker
    return make("FilledCircle", size=5)


def _place(chart: Any, labels: Sequence[str], data: list[Sequence[float]]) -> None:
    chart.x, chart.y, chart.width, chart.height = 42, 42, WIDTH - 52, HEIGHT - 58
    chart.data = [tuple(values) for values in data]
    chart.categoryAxis.categoryNames = list(labels)
    chart.categoryAxis.labels.fontName, chart.categoryAxis.labels.fontSize = REGULAR, 10
    axis = chart.valueAxis
    axis.labels.fontName, axis.labels.fontSize = REGULAR, 9.5
    axis.valueMin = 0
    axis.valueMax = max(max(values) for values in data) * 1.15
    axis.labelTextFormat = lambda value: vn(value, 0)
    axis.visibleGrid, axis.gridStrokeColor, axis.gridStrokeWidth = 1, colors.HexColor("#dddddd"), 0.4


def _drawing(chart: Any, names: list[str]) -> Drawing:
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.add(chart)
    if len(names) > 1:
        drawing.add(_legend(names, x=70, y=14, columns=1))
    return drawing


def _legend(names: list[str], *, x: float, y: float, columns: int) -> Any:
    legend: Any = Legend()
    legend.x, legend.y, legend.fontName, legend.fontSize = x, y, REGULAR, 10.5
    legend.alignment, legend.columnMaximum = "right", columns
    legend.dx, legend.dy, legend.deltax, legend.deltay, legend.strokeWidth = 9, 9, 110, 17, 0
    legend.colorNamePairs = list(zip(PALETTE, names, strict=False))
    return legend
