import Documents
import Domain
import Foundation
import Installation
import Profiles

/// The present and earlier places of each device, saved with the bins. So a configuration that changed while the
/// gateway did not run is noticed, and a new computation reads the journal with the right profiles.
///
/// A device that is removed, moved to another site, or read with a profile that names its points otherwise leaves its
/// placement behind. Its bins stay there, and figures of the place continue to count them.
struct PlacementBook: Codable, Equatable, Sendable {
    static let key = "placements"
    /// The end of a placement that was left while the clock was not synchronised.
    private static let unknown = Int64.max

    /// A placement as it is saved.
    struct Entry: Codable, Equatable, Sendable {
        var device: String
        var key: String
        var site: String
        var kelurahan: String?
        var kecamatan: String?
        var road: SavedRoad?
        var gauge: String?
        /// The profile's hash.
        var profile: String
        var intervalMilliseconds: Int64
        var isVerified: Bool
        var expectedFrom: String?
        /// Keys and values in turn, in their order.
        var labels: [String]
        var weighing: SavedWeighing?
        var address: String
        /// Milliseconds since 1970.
        var added: Int64?
        var since: Int64?
        var until: Int64?
    }

    /// The texts of the profiles that entries name, by their hash.
    private var profiles: [String: String] = [:]
    private var standing: [String: Entry] = [:]
    /// The earlier placements, in the order in which the devices left.
    private var past: [Entry] = []

    /// Takes over the present configuration.
    ///
    /// - Parameters:
    ///   - devices: the devices of the configuration.
    ///   - now: when removed devices left; nil while the clock is not synchronised. The next call with a time sets it.
    ///   - keeps: whether figures take from the device, as it is read now, all that they took from the placement
    ///     before.
    mutating func settle(_ devices: [Device], now: Instant?, keeps: (_ before: Placement, _ now: Placement) -> Bool) {
        for index in past.indices where past[index].until == Self.unknown {
            past[index].until = now?.millisecondsSince1970 ?? Self.unknown
        }
        var new: [String: Entry] = [:]
        var goesOn: Set<String> = []
        var placements = devices.map(Placement.init)
        for (index, placement) in placements.enumerated() {
            guard let entry = standing[placement.device], entry.site == placement.spot.site else { continue }
            if entry.profile == placement.profile.hash || self.placement(entry).map({ keeps($0, placement) }) ?? false {
                placements[index].goOn(as: entry)
                goesOn.insert(placement.device)
            }
        }
        let isFirst = standing.isEmpty && past.isEmpty
        var left: Set<String> = []
        for entry in standing.values.sorted(by: { $0.device < $1.device }) where !goesOn.contains(entry.device) {
            left.insert(entry.address)
            var gone = entry
            gone.until = now?.millisecondsSince1970 ?? Self.unknown
            past.append(gone)
        }
        let earlier = Dictionary(grouping: past, by: \.device)
        for var placement in placements {
            if !isFirst, !goesOn.contains(placement.device) {
                placement.added = now
                if left.contains(placement.address) { placement.since = now }
                if let count = earlier[placement.device]?.count {
                    placement.key = "\(placement.device)~\(count + 1)"
                    placement.since = now
                }
            }
            new[placement.device] = Entry(placement)
            profiles[placement.profile.hash] = placement.profile.text
        }
        standing = new
        let used = Set((past + new.values).map(\.profile))
        profiles = profiles.filter { used.contains($0.key) }
    }

    /// The devices at their places, in the configuration's order, and then the earlier placements.
    func placements(of devices: [Device]) -> [Placement] {
        var found: [Placement] = devices.map { device in
            var placement = Placement(device)
            if let entry = standing[device.id] { placement.goOn(as: entry) }
            return placement
        }
        // A site that still exists is used as it is now: its gauge then is the one that was there.
        let spots = Dictionary(found.map { ($0.spot.site, $0.spot) }) { first, _ in first }
        for entry in past {
            guard var placement = placement(entry) else { continue }
            if var spot = spots[entry.site] {
                spot.gauge = entry.gauge
                placement.spot = spot
            }
            found.append(placement)
        }
        return found
    }

    /// Whether something left at an unknown time.
    var knowsNotWhen: Bool { past.contains { $0.until == Self.unknown } }

    /// Whether every device is where it always was, and none is gone.
    var isPlain: Bool { past.isEmpty && standing.values.allSatisfy { $0.added == nil } }

    /// The devices that were removed or moved and whose profiles this program can no longer read.
    var unreadable: [String] { past.filter { placement($0) == nil }.map(\.device) }

    private func placement(_ entry: Entry) -> Placement? {
        guard let text = profiles[entry.profile] else { return nil }
        let log = ProblemLog()
        guard let map = Document.mapping(of: text, file: entry.profile, log: log),
            let profile = ProfileReader.read(map, expectedID: nil, hash: entry.profile)
        else { return nil }
        return Placement(entry, profile)
    }
}

extension PlacementBook {
    /// Reads the saved book; nil where nothing was saved, or the bytes are no book.
    init?(bytes: [UInt8]) {
        // A book that cannot be read begins anew: removed devices are not counted, and all present ones are.
        guard let book = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = book
    }

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Words, numbers and dictionaries: JSON can express all of it.
        return (try? encoder.encode(self)).map { Array($0) } ?? []
    }
}
