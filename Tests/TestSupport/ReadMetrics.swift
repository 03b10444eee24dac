import Foundation

/// Metrics as programs from outside this project read them.
public struct ReadMetrics {
    public struct Sample: Hashable, CustomStringConvertible {
        public var name: String
        public var labels: [String: String]
        public var value: Double

        public var description: String { "\(name)\(labels) \(value)" }
    }

    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    public let samples: [Sample]

    /// Reads with the parsers of Prometheus' client library for Python.
    public init(_ text: String, openMetrics: Bool = false) throws {
        let (status, output) = try Self.with(text) {
            try PythonPeer.run("read_metrics.py", openMetrics ? "openmetrics" : "text", $0)
        }
        guard status == 0 else { throw Unreadable(description: output) }
        samples = try output.split(separator: "\n").map { line in
            guard let parts = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any], parts.count == 3,
                let name = parts[0] as? String, let labels = parts[1] as? [String: String],
                let value = (parts[2] as? String).flatMap({ Double($0) })
            else { throw Unreadable(description: String(line)) }
            return Sample(name: name, labels: labels, value: value)
        }
    }

    /// The value of the sample with this name and at least these labels; nil if there is none.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }?.value
    }

    /// What `promtool check metrics` finds; empty when it finds nothing.
    public static func lint(_ text: String) throws -> String {
        let (status, lines) = try with(text) {
            try ChildProcess.run("/bin/sh", ["-c", "promtool check metrics <\"$0\"", $0])
        }
        let found = lines.joined(separator: "\n")
        return status == 0 ? found : "status \(status): \(found)"
    }

    private static func with<Result>(_ text: String, _ work: (String) throws -> Result) throws -> Result {
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        try text.write(toFile: folder + "/metrics", atomically: true, encoding: .utf8)
        return try work(folder + "/metrics")
    }
}
