package import Control
import Domain
import Foundation

/// A commissioning record (berita acara): what was found at a device, by whom and when, with the frames that prove it.
///
/// It is kept as JSON, which `gateway verify` and `gateway replay` read, and beside it as text for people and their
/// signatures.
package struct CommissioningRecord: Codable, Hashable, Sendable {
    /// What a device's display was told to show, against what was read at that time.
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
    }

    /// How the requests went, all rounds together.
    package struct Requests: Codable, Hashable, Sendable {
        package var sent = 0
        /// Exceptions included: the device spoke.
        package var answered = 0
        package var timeouts = 0
        package var crcErrors = 0
        package var exceptions = 0
        package var otherErrors = 0
        /// Failed of sent, 0 to 1.
        package var errorRate = 0.0
    }

    /// Of the requests that were answered.
    package struct Latency: Codable, Hashable, Sendable {
        package var medianMs: Double
        package var p99Ms: Double
        package var longestMs: Double
    }

    /// A frame as the file has it.
    package struct Frame: Codable, Hashable, Sendable {
        /// Since the first frame.
        package var atMs: Double
        /// `sent` or `received`.
        package var direction: String
        /// In hexadecimal, bytes apart: `01 03 00 00`.
        package var bytes: String
    }

    /// The form of this record; a later program may know others.
    package var version = 1
    /// Of the program that wrote it.
    package var program: String
    package var gateway: String?
    package var configurationHash: String?
    /// Its id in the configuration; absent of a device that is in none.
    package var device: String?
    package var serial: String?
    package var site: String?
    package var profile: String
    package var profileName: String
    package var profileHash: String
    package var bus: String
    /// Where the bus is, with its line settings.
    package var endpoint: String
    /// `rtu` or `tcp`: how the frames are to be read; `mqtt` of a device that has none.
    package var framing: String
    /// Of a Modbus device.
    package var unit: Int?
    package var by: String
    package var began: String
    package var ended: String
    /// Whether the box knew the time.
    package var clock: String
    package var rounds: Int
    /// All rounds answered, every value good, and the display as the reading where they were compared.
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
}

extension CommissioningRecord {
    /// Why a file is no record.
    package enum Unreadable: Error, Hashable {
        case noRecord
        /// A later program wrote it, in this form.
        case later(version: Int)
    }

    /// Whole, keys in snake case like those of payloads.
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
    /// Since the first frame; nil where its text is no hexadecimal, or its time none.
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
