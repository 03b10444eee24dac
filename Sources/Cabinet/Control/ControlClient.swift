import Foundation
import Glibc
public import Platform

/// Asks a running daemon over its sockets.
public final class ControlClient {
    private var descriptor: Int32
    private let path: String
    private var received: [UInt8] = []

    public init(path: String) throws(SystemError) {
        self.path = path
        descriptor = try ControlSocket.connect(path)
    }

    /// Connects only to look: over the reading socket, or over the asking socket when the daemon has no other.
    ///
    /// - Parameter path: the asking socket's.
    public init(lookingAt path: String) throws(SystemError) {
        let reading = ControlSocket.readingPath(of: path)
        // Whatever prevents opening the first, the second reports it.
        if let descriptor = try? ControlSocket.connect(reading) {
            self.path = reading
            self.descriptor = descriptor
        } else {
            self.path = path
            descriptor = try ControlSocket.connect(path)
        }
    }

    deinit { close(descriptor) }

    /// Sends one request and returns its answer. Connects again when the daemon has closed the connection to give its
    /// place to another.
    ///
    /// - Parameter limit: how long the daemon may be silent, in whole seconds.
    /// - Throws: EBUSY when the daemon serves no more connections.
    public func ask(_ request: String, within limit: Duration = .seconds(5)) throws(SystemError) -> [UInt8] {
        try reconnectIfClosed()
        var patience = timeval(tv_sec: Int(limit.components.seconds), tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var failure: SystemError?
        if !ControlSocket.send(Array(request.utf8) + [10], to: descriptor) {
            // A daemon that has closed the connection may have sent the reason before.
            failure = SystemError(code: errno, operation: "send", subject: path)
        }
        // A long answer comes in many pieces: each is searched once for its end.
        var searched = 0
        while true {
            if let end = received[searched...].firstIndex(of: 10) {
                let line = Array(received[..<end])
                received.removeSubrange(...end)
                if line == ControlLoop.noPlace { throw SystemError(code: EBUSY, operation: "connect", subject: path) }
                return line
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw failure
                    ?? SystemError(code: count == 0 ? ECONNRESET : errno, operation: "receive", subject: path)
            }
            searched = received.count
            received += buffer[..<count]
        }
    }

    private func reconnectIfClosed() throws(SystemError) {
        var byte: UInt8 = 0
        guard recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 0 else { return }
        // When the daemon is gone the connection is lost, whatever is there in its place.
        guard let anew = try? ControlSocket.connect(path) else {
            throw SystemError(code: ECONNRESET, operation: "receive", subject: path)
        }
        close(descriptor)
        descriptor = anew
    }

    /// The daemon's status, parsed.
    public func status() throws -> SystemStatus {
        try SystemStatus(json: try ask(ControlRequest.status))
    }
}

extension SystemStatus {
    /// From a line of text of the control socket, or of `gateway status --json`.
    public init(json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(SystemStatus.self, from: Data(json))
    }

    /// As one line of text, keys in snake case like those of payloads.
    public var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Encoding our own values cannot fail; if it ever does, the client reports that the answer is no status.
        return (try? encoder.encode(self)).map { Array($0) } ?? []
    }
}

/// The lines of text that a client may send.
public enum ControlRequest {
    public static let status = "status"
    /// Followed by a `BorrowedRead` in JSON; answered by a `BorrowedAnswer`.
    public static let borrow = "borrow"
    /// Followed by a bus' id: the daemon closes its port until `release`, until the client's end, or for ten minutes.
    /// Answered by a `BorrowedAnswer`.
    public static let take = "take"
    public static let release = "release"
    /// Saves the indicators with every reading accepted before; answered by a `SaveStatus` when that is done or has
    /// failed.
    public static let saveIndicators = "save-indicators"
    /// How the last recomputation went: answered by a `RecomputeStatus`.
    public static let recomputed = "recomputed"
    /// Followed by a `RecomputeRequest` in JSON: computes days again from stored readings.
    public static let recompute = "recompute"
    /// Followed by a `HistoryRequest` in JSON; answered by a `History`.
    public static let history = "history"
    /// Answered by a `RecentEvents`.
    public static let events = "events"
    /// Followed by a `FigureRequest` in JSON; answered by a `FigureReport`, as soon as the figures' thread has made it.
    public static let figures = "figures"
    /// Answered by a `ConfigurationText`.
    public static let configuration = "configuration"
}
