import Metrics
import Testing

@Suite struct `The form of the metrics` {
    /// As the scrapers send them: Prometheus 2.42, Prometheus 3, a browser, curl.
    @Test(
        arguments: [
            (
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics
            ),
            (
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2", .openMetrics
            ),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", .text),
            ("*/*", .text),
            ("", .text),
            (nil, .text),
            ("text/plain;version=0.0.4", .text),
            ("application/openmetrics-text", .openMetrics),
            ("Application/OpenMetrics-Text; Version=\"1.0.0\"", .openMetrics),
            ("text/plain, application/openmetrics-text;q=0.9", .text),
            ("text/plain;q=0.2, application/openmetrics-text;q=0.9", .openMetrics),
            ("application/openmetrics-text;q=0", .text),
            ("application/openmetrics-text;q=0.5, */*;q=0.9, text/plain;q=0.1", .openMetrics),
            ("application/openmetrics-text;q=0.5, */*;q=0.9", .text),
            ("application/openmetrics-text;version=0.0.1", .text),
            ("application/openmetrics-text;version=2.0.0", .text),
            ("application/openmetrics-text;q=much", .text),
            ("application/openmetrics-text;q=0.000", .text),
            (",;,=;q", .text),
            ("application/*", .text),
        ] as [(String?, MetricsFormat)]
    )
    func `is what a client names, and the text format for everybody else`(accept: String?, format: MetricsFormat) {
        #expect(MetricsFormat(accept: accept) == format)
    }

    @Test func `is said in the content type`() {
        #expect(MetricsFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            MetricsFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8"
        )
    }
}
