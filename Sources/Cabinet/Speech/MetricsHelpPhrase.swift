/// What `--help` says about `gateway metrics`.
package enum MetricsHelpPhrase: Phrase {
    case metrics, openMetrics, points, textfile

    package var wording: Wording {
        switch self {
        case .metrics:
            Wording(
                "What the running gateway counts, as metrics for Prometheus.",
                "Yang dihitung gateway yang berjalan, sebagai metrik untuk Prometheus."
            )
        case .openMetrics:
            Wording(
                "OpenMetrics 1.0, instead of Prometheus' own text format.",
                "OpenMetrics 1.0, pengganti format teks milik Prometheus."
            )
        case .points:
            Wording(
                "The values of devices too, each point as gateway_point.",
                "Nilai perangkat juga, tiap titik ukur sebagai gateway_point."
            )
        case .textfile:
            Wording(
                "For a file that node_exporter reads: without process_..., which it has itself.",
                "Untuk file yang dibaca node_exporter: tanpa process_..., yang sudah ada padanya."
            )
        }
    }
}
