public import Control
import Foundation

/// A commissioning record (berita acara): what was found at a device, by whom and when, with the frames that prove it.
///
/// It is kept as JSON, which `gateway verify` and `gateway replay` read, and beside it as text for people and their
/// signatures.
public struct CommissioningRecord: Codable, Hashable, Sendable {
    /// What a device's display was told to show, against what was read at that time.
    public struct Comparison: Codable, Hashable, Sendable {
        public var point: String
        public var display: String
        public var reading: StatusValue?
        public var unit: String?
        /// Reading minus display.
        public var difference: Double?
        public var tolerance: Double
        public var ok: Bool
    }

    public struct PointReading: Codable, Hashable, Sendable {
        public var name: String
        /// Nil for null.
        public var value: StatusValue?
        public var unit: String?
        public var quality: String
        public var reason: String?
    }

    /// How the requests went, all rounds together.
    public struct Requests: Codable, Hashable, Sendable {
        public var sent = 0
        /// Exceptions included: the device spoke.
        public var answered = 0
        public var timeouts = 0
        public var crcErrors = 0
        public var exceptions = 0
        public var otherErrors = 0
        /// Failed of sent, 0 to 1.
        public var errorRate = 0.0
    }

    /// Of the requests that were answered.
    public struct Latency: Codable, Hashable, Sendable {
        public var medianMs: Double
        public var p99Ms: Double
        public var longestMs: Double
    }

    public struct Frame: Codable, Hashable, Sendable {
        /// Since the first frame.
        public var atMs: Double
        /// `sent` or `received`.
        public var direction: String
        /// In hexadecimal, bytes apart: `01 03 00 00`.
        public var bytes: String
    }

    /// The form of this record; a later program may know others.
    public var version = 1
    /// Of the program that wrote it.
    public var program: String
    public var gateway: String?
    public var configurationHash: String?
    /// Its id in the configuration; absent of a device that is in none.
    public var device: String?
    public var serial: String?
    public var site: String?
    public var profile: String
    public var profileName: String
    public var profileHash: String
    public var bus: String
    /// Where the bus is, with its line settings.
    public var endpoint: String
    /// `rtu` or `tcp`: how the frames are to be read; `mqtt` of a device that has none.
    public var framing: String
    /// Of a Modbus device.
    public var unit: Int?
    public var by: String
    public var began: String
    public var ended: String
    /// Whether the box knew the time.
    public var clock: String
    public var rounds: Int
    /// All rounds answered, every value good, and the display as the reading where they were compared.
    public var ok: Bool
    public var diagnosis: String?
    /// What was seen and what to check next, in the language of the text.
    public var seen: String?
    public var next: String?
    public var comparisons: [Comparison]
    public var points: [PointReading]
    public var requests: Requests
    public var latency: Latency?
    public var frames: [Frame]
}

extension CommissioningRecord {
    /// Why a file is no record; in the system's or the parser's words.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    /// Whole, keys in snake case like those of payloads.
    public var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        }
    }

    public init(json: String) throws(Unreadable) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self = try decoder.decode(CommissioningRecord.self, from: Data(json.utf8))
        } catch {
            throw Unreadable(description: "it is no commissioning record of `gateway probe --record`")
        }
        if version != 1 { throw Unreadable(description: "a later program wrote it (version \(version))") }
    }
}

extension CommissioningRecord.Frame {
    /// Nil where the text is no hexadecimal.
    public var octets: [UInt8]? {
        let words = bytes.split(separator: " " as Character)
        let octets = words.compactMap { UInt8($0, radix: 16) }
        return octets.count == words.count ? octets : nil
    }
}

extension [UInt8] {
    /// Bytes apart: `01 03 00 00`.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }
}
