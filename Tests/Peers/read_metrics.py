"""Reads metrics with the parsers of Prometheus' own client library and prints each sample as a line of JSON: its name,
its labels and its value as text.

usage: read_metrics.py text|openmetrics FILE
"""
import json
import sys

from prometheus_client import openmetrics, parser
import prometheus_client.openmetrics.parser

form, path = sys.argv[1:]
with open(path, encoding="utf-8", newline="") as file:
    text = file.read()
parse = {
    "text": parser.text_string_to_metric_families,
    "openmetrics": openmetrics.parser.text_string_to_metric_families,
}[form]
for family in parse(text):
    for sample in family.samples:
        print(json.dumps([sample.name, sample.labels, repr(float(sample.value))]))
