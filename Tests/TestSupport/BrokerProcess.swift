import Foundation
import Glibc

/// A real mosquitto on a free loopback port, with its own configuration, that can be stopped and started again.
public final class BrokerProcess {
    public let port: Int
    /// A folder for the broker's files, removed at the end.
    public let folder: String
    private let configuration: String
    private var child: ChildProcess?

    /// Starts the broker and waits until it listens.
    ///
    /// - Parameter lines: further lines of text for `mosquitto.conf`; `{folder}` in them is the folder's path.
    public convenience init(
        _ lines: [String] = ["allow_anonymous true"],
        prepare: (String) throws -> Void = { _ in }
    ) throws {
        let port = try freePort()
        try self.init(configuration: ["listener \(port) 127.0.0.1"] + lines, port: port, prepare: prepare)
    }

    /// Starts it in the same way, with the listeners in the configuration.
    public init(configuration lines: [String], port: Int, prepare: (String) throws -> Void) throws {
        self.port = port
        folder = try temporaryFolder()
        configuration = folder + "/mosquitto.conf"
        try prepare(folder)
        // As root mosquitto would change its user, and then could not read this folder.
        let logging = lines.contains { $0.hasPrefix("log_type") } ? [] : ["log_type all"]
        let text = logging + ["user root", "log_dest stderr"] + lines
        try text.map { $0.replacingOccurrences(of: "{folder}", with: folder) }.joined(separator: "\n")
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        try start()
    }

    deinit {
        child?.stop(SIGKILL)
        removeFolder(folder)
    }

    public func start() throws {
        let child = try ChildProcess("/usr/sbin/mosquitto", ["-c", configuration])
        self.child = child
        guard child.line(with: " running") != nil else {
            throw BrokerFailure(words: "mosquitto did not start: " + child.lines.joined(separator: "\n"))
        }
    }

    /// The lines of text that it has written.
    public var lines: [String] { child?.lines ?? [] }

    public func stop() { child?.stop() }
    /// Ends it at once, also one that is suspended: it answers nothing any more.
    public func kill() { child?.stop(SIGKILL) }
    public func suspend() { child?.signal(SIGSTOP) }
    public func resume() { child?.signal(SIGCONT) }

    /// Waits for a log line of the broker.
    ///
    /// - Parameter number: which of the lines with these words; from 1.
    public func line(with words: String, number: Int = 1, within limit: Double = 20) -> String? {
        child?.line(with: words, number: number, within: limit)
    }
}

public struct BrokerFailure: Error, CustomStringConvertible {
    public let words: String
    public var description: String { words }

    public init(words: String) { self.words = words }
}

/// A TCP port of 127.0.0.1 that was free a moment ago: the kernel chose it.
public func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            Glibc.bind(descriptor, pointer, size) == 0 && getsockname(descriptor, pointer, &size) == 0
        }
    }
    guard result else { throw BrokerFailure(words: "no free port: \(String(cString: strerror(errno)))") }
    return Int(UInt16(bigEndian: address.sin_port))
}

/// A new folder of the test's own.
public func temporaryFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/gateway-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
}

public func removeFolder(_ folder: String) {
    // Nothing depends on the removal, so an error is ignored.
    try? FileManager.default.removeItem(atPath: folder)
}
