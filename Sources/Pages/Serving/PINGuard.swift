package import Domain
import Foundation
import Platform
import Synchronization

/// Compares PINs, and lets nobody try them fast.
package final class PINGuard: Sendable {
    package enum Answer: Hashable, Sendable {
        case right, wrong
        case wait(seconds: Int)
    }

    private let pin: String?
    private let time: any TimeSource
    private let limits = Mutex(TryLimits())

    /// - Parameter pin: nil: no PIN is right.
    package init(pin: String?, time: any TimeSource) {
        self.pin = pin.flatMap { $0.isEmpty ? nil : $0 }
        self.time = time
    }

    package var hasPIN: Bool { pin != nil }

    /// - Parameter address: where it comes from; the networks of one IPv6 subscriber count as one.
    package func check(_ tried: String, from address: String) -> Answer {
        let now = time.uptime()
        let source = Self.source(address)
        return limits.withLock { limits in
            if let wait = limits.wait(of: source, now: now) {
                return .wait(seconds: Int(wait.components.seconds) + 1)
            }
            guard let pin, Self.isEqual(tried, pin) else {
                limits.failed(from: source, now: now)
                return .wrong
            }
            limits.succeeded(from: source, now: now)
            return .right
        }
    }

    private static func source(_ address: String) -> String {
        address.contains(":") ? address.split(separator: ":").prefix(4).joined(separator: ":") : address
    }

    /// Takes the same time wherever the two differ, and however long they are.
    private static func isEqual(_ tried: String, _ right: String) -> Bool {
        let length = 256
        func padded(_ text: String) -> [UInt8] {
            Array(text.utf8.prefix(length)) + [UInt8](repeating: 0, count: max(0, length - text.utf8.count))
        }
        var difference = UInt8(tried.utf8.count == right.utf8.count ? 0 : 1)
        for (a, b) in zip(padded(tried), padded(right)) { difference |= a ^ b }
        return difference == 0
    }

    /// The password of `Authorization: Basic ...`; any user name is right.
    package static func password(ofAuthorization header: String?) -> String? {
        guard let header, header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: header.dropFirst(6).trimmingCharacters(in: .whitespaces)),
            let colon = data.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return String(decoding: data[data.index(after: colon)...], as: UTF8.self)
    }
}
