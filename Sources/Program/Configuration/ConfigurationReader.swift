public import Documents
import Domain
import Glibc
public import Installation
public import Profiles

/// Reads `gateway.yaml`, `conf.d/*.yaml` and `verified.d/*.yaml` beside it.
public struct ConfigurationReader {
    private let log: ProblemLog
    private let catalogue: ProfileCatalogue
    /// The main file first; each id belongs to the file that names it first.
    private let files: [DocumentMap]
    private let verifications:
        [String: (map: DocumentMap, by: String, on: String, profileHash: String?, serial: String?)]

    /// The configuration, or nil with every problem in the log.
    public static func read(file path: String, catalogue: ProfileCatalogue, log: ProblemLog) -> Configuration? {
        read(
            documents(file: path, log: log),
            verifiedFolder: directory(of: path) + "/verified.d",
            catalogue: catalogue,
            log: log
        )
    }

    /// The control socket's path as the file or a piece in conf.d gives it, however wrong the rest may be; nil where
    /// none does.
    public static func socket(file path: String) -> String? {
        documents(file: path, log: ProblemLog()).lazy
            .compactMap { $0.optional("control")?.mapping()?.optional("socket")?.string() }.first
    }

    static let usualSocket = "/run/gateway/control.sock"

    /// The main file first, then the pieces in conf.d in order of their names.
    static func documents(file path: String, log: ProblemLog) -> [DocumentMap] {
        let pieces = directory(of: path) + "/conf.d"
        // A missing folder is no problem: it is optional.
        let names = (try? Folder.documents(in: pieces, log: log)) ?? []
        return ([path] + names.map { "\(pieces)/\($0)" }).compactMap { Document.mapping(ofFile: $0, log: log) }
    }

    /// The configuration of a text, for tests and tools.
    public static func read(text: String, file: String, catalogue: ProfileCatalogue, log: ProblemLog) -> Configuration?
    {
        read(Document.mapping(of: text, file: file, log: log).map { [$0] } ?? [], catalogue: catalogue, log: log)
    }

    private static func read(
        _ maps: [DocumentMap],
        verifiedFolder: String? = nil,
        catalogue: ProfileCatalogue,
        log: ProblemLog
    ) -> Configuration? {
        guard !maps.isEmpty else { return nil }
        let verifications = verifiedFolder.map { VerificationReader.read(folder: $0, log: log) } ?? [:]
        let reader = ConfigurationReader(log: log, catalogue: catalogue, files: maps, verifications: verifications)
        let configuration = reader.read()
        return log.isEmpty ? configuration : nil
    }

    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func read() -> Configuration? {
        let gateway = single("gateway", required: true).flatMap { $0.id() }
        let timezone = single("timezone").map { CommonReader.timezone($0) } ?? CommonReader.usualTimezone
        let prefix = single("topic_prefix").map { CommonReader.topicPrefix($0) } ?? CityDefaults.built.topicPrefix
        let city = single("city")?.mapping().flatMap { CommonReader.cityName($0) }
        let clock = single("clock").flatMap { $0.word(of: ["kernel": false, "trusted": true]) } ?? false
        let storage = self.storage(single("storage"))
        let page = single("page")?.mapping().flatMap(PageReader.read)
        let control = single("control")?.mapping().map { map in
            defer { map.finish() }
            return map.optional("socket")?.string()
        }
        let siteEntries = entries("sites")
        let sites = SiteReader.read(siteEntries)
        let busEntries = entries("buses")
        let deviceEntries = entries("devices")
        let buses = BusReader.read(busEntries, streams: StreamBuses.named(by: deviceEntries, catalogue))
        let devices = DeviceReader(
            catalogue: catalogue,
            sites: sites,
            buses: buses,
            namedBuses: Set(busEntries.map(\.name)),
            verifications: verifications,
            log: log
        )
        .read(deviceEntries)
        SiteReader.checkGauges(siteEntries, sites, devices, named: Set(deviceEntries.map(\.name)))
        let destinations = DestinationReader.read(entries("destinations"), gateway: gateway)
        ExampleCheck.check(gateway, files.compactMap { $0.optional("gateway") }.first, destinations)
        for file in files { file.finish() }
        let isSound = log.isEmpty
        if isSound, destinations.isEmpty { files[0].fail("\"destinations\" is missing: where do the readings go?") }
        if isSound, devices.isEmpty { files[0].fail("\"devices\" is missing: what is there to read?") }
        StreamBuses.check(devices, entries: deviceEntries)
        LineCheck.check(devices: devices, buses: buses, entries: deviceEntries)
        TopicCheck.check(devices: devices, entries: deviceEntries)
        guard let gateway else { return nil }
        var configuration = Configuration(
            gateway: gateway,
            timezone: timezone,
            topicPrefix: prefix,
            clockTrusted: clock,
            buses: buses.values.sorted { $0.id < $1.id },
            devices: devices,
            destinations: destinations,
            storage: storage,
            controlSocket: (control ?? nil) ?? Self.usualSocket,
            page: page,
            hash: files.map(\.contentHash).joined(separator: "-")
        )
        configuration.cityName = city ?? CityDefaults.built.cityName(at: prefix)
        configuration.sites = siteEntries.compactMap { sites[$0.name] }
        let records = verifications.values.map(\.map).sorted { $0.file < $1.file }
        configuration.files = (files + records).map { .init(path: $0.file, text: $0.contentText) }
        return configuration
    }

    // MARK: Merging

    /// The value of a top-level key that only one file may give.
    private func single(_ key: String, required: Bool = false) -> DocumentNode? {
        let found = files.compactMap { $0.optional(key) }
        for extra in found.dropFirst() { extra.fail("given in \(found[0].file) too; keep one") }
        if found.isEmpty, required { files[0].fail("\"\(key)\" is missing") }
        return found.first
    }

    /// The entries of a top-level mapping in all files; an id given twice is an error.
    private func entries(_ key: String) -> [(name: String, node: DocumentNode)] {
        var entries: [(name: String, node: DocumentNode)] = []
        var first: [String: DocumentNode] = [:]
        for file in files {
            guard let node = file.optional(key) else { continue }
            if node.isNull { continue }
            for entry in node.mapping()?.entries() ?? [] {
                if let first = first[entry.name] {
                    let place = "\(first.file):\(first.place.line)"
                    entry.node.failName("\"\(entry.name)\" is given at \(place) too; ids are given once")
                    continue
                }
                if !Identifier.isID(entry.name) {
                    entry.node.failName(
                        "\"\(entry.name)\" is not an id: lower-case letters, digits and \"-\", at most 48"
                    )
                }
                entries.append(entry)
                first[entry.name] = entry.node
            }
        }
        return entries
    }

    // MARK: Single values

    private func storage(_ node: DocumentNode?) -> Configuration.Storage {
        var storage = Configuration.Storage(path: "/var/lib/gateway", limit: 512_000_000)
        guard let map = node?.mapping() else { return storage }
        storage.path = map.optional("path")?.string() ?? storage.path
        storage.limit = map.optional("limit")?.size(in: 1_000_000...1_000_000_000_000) ?? storage.limit
        map.finish()
        return storage
    }
}

/// Reads `sites`.
enum SiteReader {
    static func read(_ entries: [(name: String, node: DocumentNode)]) -> [String: Site] {
        var sites: [String: Site] = [:]
        for (id, node) in entries {
            guard let map = node.mapping() else { continue }
            func degrees(_ key: String, _ most: Int) -> DecimalNumber? {
                guard let node = map.optional(key), let value = node.number() else { return nil }
                if abs(value.double) > Double(most) { node.fail("outside -\(most) to \(most) degrees") }
                return value
            }
            sites[id] = Site(
                id: id,
                name: map.optional("name")?.string() ?? id,
                kelurahan: map.optional("kelurahan")?.string(),
                kecamatan: map.optional("kecamatan")?.string(),
                latitude: degrees("latitude", 90),
                longitude: degrees("longitude", 180),
                road: map.optional("road")?.mapping().map(road),
                gauge: map.optional("gauge")?.string()
            )
            map.finish()
        }
        return sites
    }

    /// Checks that the device whose level is a site's is at that site.
    static func checkGauges(
        _ entries: [(name: String, node: DocumentNode)],
        _ sites: [String: Site],
        _ devices: [Device],
        named: Set<String>
    ) {
        let standsAt = Dictionary(devices.map { ($0.id, $0.site.id) }) { first, _ in first }
        for (id, node) in entries {
            guard let gauge = sites[id]?.gauge, let place = node.mapping()?.optional("gauge") else { continue }
            if !named.contains(gauge) {
                place.fail("no device is named \"\(gauge)\"\(place.log.hint(for: gauge, in: named))")
            } else if let site = standsAt[gauge], site != id {
                place.fail("\"\(gauge)\" stands at site \"\(site)\"")
            }
        }
    }

    private static func road(_ map: DocumentMap) -> Road {
        defer { map.finish() }
        let capacity = map.optional("capacity")
        let value = capacity?.number()
        if let value, value <= .zero { capacity?.fail("must be greater than 0") }
        let method = map.optional("capacity_method")
        let named = map.optional("directions")?.mapping()?.entries() ?? []
        let directions = named.compactMap { word, node in node.mapping().map { direction(word, $0) } }
        if capacity != nil || directions.contains(where: { $0.capacity != nil }), method == nil {
            map.fail("\"capacity_method\" is missing: how was the capacity found?")
        }
        var mix: [String: DecimalNumber] = [:]
        let shares = map.optional("class_mix")
        for (name, node) in shares?.mapping()?.entries() ?? [] { mix[name] = node.number() }
        let total = mix.values.reduce(DecimalNumber.zero, +)
        if !mix.isEmpty, total != DecimalNumber(1) { shares?.fail("the shares sum up to \(total), not to 1") }
        var places: [String: Place] = [:]
        for key in ["car_units", "levels"] { places[key] = map.optional(key)?.located }
        return Road(
            capacity: value,
            capacityMethod: method?.string(),
            carUnits: map.optional("car_units")?.string(),
            levels: map.optional("levels")?.string(),
            targetLevel: map.optional("target_level")?.string(),
            lanes: map.optional("lanes")?.integer(in: 1...16) ?? 1,
            directions: directions,
            classMix: mix,
            tablePlaces: places
        )
    }

    private static func direction(_ word: String, _ map: DocumentMap) -> Road.Direction {
        defer { map.finish() }
        let capacity = map.optional("capacity")
        let value = capacity?.number()
        if let value, value <= .zero { capacity?.fail("must be greater than 0") }
        return Road.Direction(
            word: word,
            capacity: value,
            lanes: map.optional("lanes")?.integer(in: 1...16) ?? 1
        )
    }
}

/// Reads the files that `gateway verify` writes.
enum VerificationReader {
    typealias Verifications = [String: (
        map: DocumentMap, by: String, on: String, profileHash: String?, serial: String?
    )]

    static func read(folder: String, log: ProblemLog) -> Verifications {
        var found: Verifications = [:]
        // Without the folder there are no verifications.
        for name in (try? Folder.documents(in: folder, log: log)) ?? [] {
            guard let map = Document.mapping(ofFile: folder + "/" + name, log: log) else { continue }
            let by = map.required("by")?.string()
            let on = map.required("on")?.date()
            let hash = map.optional("profile_hash")?.string()
            let serial = map.optional("serial")?.string()
            // The record is evidence for people; nothing is read from it.
            _ = map.optional("record")?.string()
            _ = map.optional("record_hash")?.string()
            map.finish()
            if let by, let on { found[String(name.dropLast(5))] = (map, by, on, hash, serial) }
        }
        return found
    }
}
