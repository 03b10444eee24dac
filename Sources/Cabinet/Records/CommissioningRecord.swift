package import Control
import Domain
import Foundation

/// A commissioning record (berita acara): what was found at a device, by whom and when, with the frames that prove it.
///
/// It is stored as JSON, which `gateway verify` and `gateway replay` read, and beside it as text for people and their
/// signatures.
package struct CommissioningRecord: Codable, Hashable, Sendable {
    /// What a person says that the device's display shows, compared with what was read at that time.
    package struct Comparison: Codable, Hashable, Sendable {
        package var point: String
        package var display: String
        package var reading: StatusValue?
        package var unit: String?
        /// Reading minus display.
        package var difference: Double?
        package var tolerance: Double
        package var ok: Bool
    }

    package struct PointReading: Codable, Hashable, Sendable {
        package var name: String
        /// Nil for null.
        package var value: StatusValue?
        package var unit: String?
        package var quality: String
        package var reason: String?
        /// How people are shown it, where that differs; nil in records of earlier releases.
        package var shown: ShownValue?
    }

    /// The outcomes of the requests, all rounds together.
    package struct Requests: Codable, Hashable, Sendable {
        package var sent = 0
        /// Exceptions included: the device did reply.
        package var answered = 0
        package var timeouts = 0
        package var crcErrors = 0
        package var exceptions = 0
        package var otherErrors = 0
        /// Failed of sent, 0 to 1.
        package var errorRate = 0.0
    }

    /// The latency of the requests that were answered.
    package struct Latency: Codable, Hashable, Sendable {
        package var medianMs: Double
        package var p99Ms: Double
        package var longestMs: Double
    }

    /// A frame as the file stores it.
    package struct Frame: Codable, Hashable, Sendable {
        /// Since the first frame.
        package var atMs: Double
        /// `sent` or `received`.
        package var direction: String
        /// In hexadecimal, bytes apart: `01 03 00 00`.
        package var bytes: String
    }

    /// A message of an MQTT device, as it came.
    package struct Message: Codable, Hashable, Sendable {
        /// When it came; UTC.
        package var at: String
        package var topic: String
        package var retained: Bool
        /// The text, of a long one the beginning; bytes that are no text are replaced.
        package var payload: String
    }

    /// The version of this form of record; a later program may know others.
    package var version = 1
    /// The name and version of the program that wrote it.
    package var program: String
    package var gateway: String?
    package var configurationHash: String?
    /// Its id in the configuration; absent for a device that is in none.
    package var device: String?
    package var serial: String?
    package var site: String?
    package var profile: String
    package var profileName: String
    package var profileHash: String
    package var bus: String
    /// Where the bus is, with its line settings.
    package var endpoint: String
    /// `rtu` or `tcp`: how to read the frames; `mqtt` for a device that has none.
    package var framing: String
    /// The unit id of a Modbus device.
    package var unit: Int?
    package var by: String
    package var began: String
    package var ended: String
    /// Whether the box knew the time.
    package var clock: String
    package var rounds: Int
    /// True when all rounds were answered, every value was good, and compared displays agreed with the readings.
    package var ok: Bool
    package var diagnosis: String?
    /// What was seen and what to check next, in the language of the text.
    package var seen: String?
    package var next: String?
    package var comparisons: [Comparison]
    package var points: [PointReading]
    package var requests: Requests
    package var latency: Latency?
    package var frames: [Frame]
    /// The newest message on each topic; nil for a Modbus device, and in records of earlier releases.
    package var messages: [Message]?
}

extension CommissioningRecord {
    /// Why a file is not a record.
    package enum Unreadable: Error, Hashable {
        case noRecord
        /// A later program wrote it, in this version of the form.
        case later(version: Int)
    }

    /// The whole record, keys in snake case like those of payloads.
    package var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        }
    }

    package init(json: String) throws(Unreadable) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self = try decoder.decode(CommissioningRecord.self, from: Data(json.utf8))
        } catch {
            throw .noRecord
        }
        if version != 1 { throw .later(version: version) }
    }
}

extension CommissioningRecord.Frame {
    /// Timed since the first frame; nil when its text is not hexadecimal or its time is not a time.
    var onWire: BusExchange.Frame? {
        let words = bytes.split(separator: " " as Character)
        let octets = words.compactMap { UInt8($0, radix: 16) }
        guard octets.count == words.count, abs(atMs) < 1e12 else { return nil }
        let at = Uptime(nanoseconds: Int64((atMs * 1e6).rounded()))
        return BusExchange.Frame(direction == "sent" ? .sent : .received, octets, at: at)
    }
}

extension [UInt8] {
    /// Bytes apart: `01 03 00 00`.
    package var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }
}
