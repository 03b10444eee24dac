import Foundation

/// The scripted broker, `Tests/Peers/fake_broker.py`: it answers as its arguments say and prints what it sees.
public final class BrokerScript {
    public let port: Int
    private let child: ChildProcess

    /// - Parameter arguments: as the script's `--help` lists them.
    public convenience init(_ arguments: String...) throws { try self.init(script: "fake_broker.py", arguments) }

    public convenience init(_ arguments: [String]) throws { try self.init(script: "fake_broker.py", arguments) }

    /// Starts another script of `Tests/Peers` that prints where it listens.
    public init(script name: String, _ arguments: [String]) throws {
        // The path of this file leads to the script's.
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Peers/" + name).path
        child = try ChildProcess("/usr/bin/env", ["python3", "-u", script] + arguments)
        guard let line = child.line(with: "listening "), let port = Int(line.dropFirst("listening ".count)) else {
            throw BrokerFailure(words: name + ": " + child.lines.joined(separator: "\n"))
        }
        self.port = port
    }

    deinit { child.stop(SIGKILL) }

    public func line(with words: String, within limit: Double = 20) -> String? {
        child.line(with: words, within: limit)
    }

    public var lines: [String] { child.lines }
}
