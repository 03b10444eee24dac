import Documents
import Domain
import Foundation
import JSON
import Profiles
import Testing

/// The folder of shipped profiles, found from this file's own place.
enum Shipped {
    static let folder: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.appendingPathComponent("devices").path
    }()

    static let ids = [
        "adam-6051", "barindo-swm", "esphome-number", "frigate", "iologik-e1210", "iologik-e1212", "iologik-e1214",
        "laumas-w100", "level-transmitter", "level-weir", "mag-6000", "milesight-am300", "milesight-em300-th",
        "milesight-em310-udl", "milesight-em500-udl", "milesight-vs133", "nx5111", "pentarium-level", "sup-ph8001",
        "tasmota-hx711", "telraam", "tuf-2000m",
    ]

    static func load() -> (catalogue: ProfileCatalogue, log: ProblemLog) {
        let log = ProblemLog()
        return (ProfileCatalogue.load(folders: [(folder, true)], log: log), log)
    }

    static func profile(_ id: String) throws -> Profile {
        let log = ProblemLog()
        let map = try #require(Document.mapping(ofFile: "\(folder)/\(id).yaml", log: log))
        return try #require(ProfileReader.read(map, expectedID: id, hash: map.contentHash))
    }
}

@Suite struct ShippedProfileTests {
    @Test func everyFileLoadsWithoutAProblem() {
        let (catalogue, log) = Shipped.load()
        #expect(log.problems.map(\.description) == [])
        #expect(catalogue.broken.isEmpty)
        #expect(catalogue.all.map(\.id) == Shipped.ids)
    }

    @Test(arguments: Shipped.ids) func everyProfileSaysItsSourceAndItsQuirks(id: String) throws {
        let profile = try Shipped.profile(id)
        #expect(!profile.source.isEmpty)
        #expect(!profile.caveats.isEmpty)
        #expect(!profile.publicPoints.isEmpty)
    }

    @Test(arguments: Shipped.ids) func everyProfileHasAVectorWithValuesOfPublicPoints(id: String) throws {
        let profile = try Shipped.profile(id)
        #expect(!profile.vectors.isEmpty)
        for vector in profile.vectors {
            #expect(!vector.values.isEmpty || !vector.event.isEmpty, "line \(vector.line)")
            for (name, _) in vector.values {
                let point = try #require(profile.points.first { $0.name == name })
                #expect(!point.isPrivate, "\(name) is not published")
            }
        }
    }

    /// The vector's registers hold the points that its values name, and the points that confirm them.
    @Test(arguments: Shipped.ids) func everyVectorCoversThePointsThatItNames(id: String) throws {
        let profile = try Shipped.profile(id)
        for vector in profile.vectors {
            guard case .registers(let blocks) = vector.input else { continue }
            func covered(_ index: Int) -> Bool {
                let point = profile.points[index]
                var needed = [point.plus, point.decimalsFrom, point.negativeWhen?.point].compactMap { $0 }
                needed += point.goodWhen.map(\.reference.point)
                if case .flag(let flag) = point.stability { needed.append(flag.point) }
                if case .weir(let weir) = point.origin { needed.append(weir.level) }
                guard needed.allSatisfy(covered) else { return false }
                guard case .registers(let range, _, _) = point.origin else { return true }
                return blocks.contains {
                    $0.range.table == range.table && $0.range.start <= range.start && range.end <= $0.range.end
                }
            }
            for (name, _) in vector.values {
                let index = try #require(profile.points.firstIndex { $0.name == name })
                #expect(covered(index), "line \(vector.line): \(name)")
            }
        }
    }

    /// Without a greatest rate a counter that restarts at 0 would look like a wrap and add 2^32.
    @Test(arguments: Shipped.ids) func everyCounterHasAGreatestRate(id: String) throws {
        for point in try Shipped.profile(id).points {
            if let counter = point.counter { #expect(counter.maxRate != nil, "\(point.name)") }
        }
    }

    @Test(arguments: Shipped.ids) func noPointReadsARegisterToAvoid(id: String) throws {
        guard let modbus = try Shipped.profile(id).modbus else { return }
        for point in try Shipped.profile(id).points {
            guard case .registers(let range, _, _) = point.origin, !range.table.holdsBits else { continue }
            for avoided in modbus.avoid {
                #expect(!avoided.overlaps(range.start...(range.end - 1)), "\(point.name)")
            }
        }
    }

    @Test func theNumbersOfTheTufsManualBecomeAddressesFromZero() throws {
        let profile = try Shipped.profile("tuf-2000m")
        let discharge = try #require(profile.points.first { $0.name == "discharge" })
        guard case .registers(let range, let type, let order) = discharge.origin else {
            Issue.record("discharge has no registers")
            return
        }
        #expect(range == RegisterRange(.holding, start: 0, count: 2))
        #expect(type == .float32)
        #expect(order == .cdab)
        #expect(discharge.unit?.code == "m3/h")
        #expect(discharge.publishedUnit?.code == "L/s")
        let condition = try #require(discharge.goodWhen.first)
        #expect(profile.points[condition.reference.point].name == "status")
        let field = try #require(condition.reference.field)
        #expect(field.name == "working_step" && field.low == 8 && field.high == 15)
        #expect(field.codes[0x49] == "I: no signal")
        #expect(condition.accepted == [0x52])
    }

    /// Register 1438 of the manual says the unit of the totals, in the models that have it.
    @Test func theTufsVolumesAreVouchedForByTheirUnit() throws {
        let profile = try Shipped.profile("tuf-2000m")
        let unit = try #require(profile.points.firstIndex { $0.name == "total_unit" })
        guard case .registers(let range, _, _) = profile.points[unit].origin else { return #expect(Bool(false)) }
        #expect(range == RegisterRange(.holding, start: 1_437, count: 1))
        #expect(profile.points[unit].isOptional)
        for name in ["volume", "volume_reverse"] {
            let condition = profile.points.first { $0.name == name }?.goodWhen.first
            #expect(condition?.reference.point == unit && condition?.accepted == [0])
        }
    }

    @Test func readsWithASideEffectAreAvoided() throws {
        #expect(try Shipped.profile("nx5111").modbus?.avoid == [0x2500...0x2500, 0x2E00...0x2E00])
        #expect(try Shipped.profile("sup-ph8001").modbus?.avoid == [7...7])
        #expect(try Shipped.profile("laumas-w100").modbus?.maxRegisters == 32)
    }

    @Test func aPassageKeepsItsClassCameraAndZonesAndNothingElse() throws {
        let profile = try Shipped.profile("frigate")
        let passage = try #require(profile.events.first)
        #expect(passage.name == "passage")
        #expect(passage.id.description == "after.id")
        #expect(passage.data.map(\.key) == ["class", "camera", "zones"])
        #expect(passage.data.map(\.path.description) == ["after.label", "after.camera", "after.entered_zones"])
        let time = try #require(profile.mqtt?.messages.first?.time)
        #expect(time.format == .epochSeconds)
        #expect(profile.points.allSatisfy { $0.counter == nil })
    }

    @Test func aTopicTakesTheDevicesNode() throws {
        let profile = try Shipped.profile("esphome-number")
        let topic = try #require(profile.mqtt?.messages.first?.topic)
        #expect(MQTTAccess.topic(topic, node: "kolam-1/sensor/level") == "kolam-1/sensor/level/state")
    }

    @Test func theGuidesExampleLoadsWithoutAProblem() throws {
        let guide = try String(contentsOfFile: Shipped.folder + "/../docs/adding-a-device.md", encoding: .utf8)
        let example = try #require(guide.components(separatedBy: "```yaml\n").dropFirst().first)
        let text = try #require(example.components(separatedBy: "```").first)
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "acme-flow.yaml", log: log))
        let profile = ProfileReader.read(map, expectedID: "acme-flow", hash: map.contentHash)
        #expect(log.problems.map(\.description) == [])
        #expect(profile?.points.count == 3)
    }

    @Test func aLaterFolderOverridesAnEarlierOne() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("profiles-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a folder left over harms nobody
        try Wrong.good.replacingOccurrences(of: "test-meter", with: "telraam")
            .write(to: folder.appendingPathComponent("telraam.yaml"), atomically: true, encoding: .utf8)
        let log = ProblemLog()
        let catalogue = ProfileCatalogue.load(folders: [(Shipped.folder, true), (folder.path, false)], log: log)
        #expect(log.isEmpty)
        #expect(catalogue["telraam"]?.name == "Test meter")
        #expect(catalogue["telraam"]?.hash != Shipped.load().catalogue["telraam"]?.hash)
    }

    @Test func aFolderThatIsNotThereIsAProblemOnlyWhenItIsRequired() {
        let log = ProblemLog()
        _ = ProfileCatalogue.load(folders: [("/nowhere/at/all", false)], log: log)
        #expect(log.isEmpty)
        _ = ProfileCatalogue.load(folders: [("/nowhere/at/all", true)], log: log)
        #expect(
            log.problems.map(\.description) == [
                "/nowhere/at/all: the profiles' folder cannot be read; check --profiles"
            ]
        )
    }
}
