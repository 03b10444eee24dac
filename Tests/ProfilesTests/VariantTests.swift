import Documents
import Domain
import Profiles
import Testing

@Suite struct `A profile with variants` {
    private static let text = """
        profile: meter
        name: Meter
        measures: energy
        source: the tests
        supersedes: [0ld]
        variants:
          phases: { values: [1, 3], default: 1, label: { id: fasa, en: phases } }
          slot: { values: 0-9, default: 0 }
          model: { values: [a, b], default: a }
        modbus: { numbering: from_0, word_order: ABCD, by: { model: { b: { word_order: CDAB } } } }
        points:
          voltage: { holding: 0, type: uint16, unit: V }
          voltage_l2: { only: { phases: 3 }, holding: 2, type: uint16, unit: V }
          count: { holding: 100, step: { slot: 1000 }, type: uint32 }
          power: { holding: 10, type: uint16, scale: 0.1, by: { model: { b: { scale: 0.01, type: int32 } } } }
        vectors:
          - { source: p. 1, holding: { 0: 00E6 }, values: { voltage: 230 } }
          - { source: p. 2, set: { slot: 2 }, holding: { 2100: 0000 0007 }, values: { count: 7 } }
          - { source: p. 3, set: { model: b, phases: 3 }, holding: { 2: 00E7, 10: 0007 0000 },
              values: { voltage_l2: 231, power: 0.07 } }
        """

    private static func read(_ text: String = text, _ hash: String = "abc") -> (Profile?, [String]) {
        let log = ProblemLog()
        let profile = Document.mapping(of: text, file: "meter.yaml", log: log).flatMap {
            ProfileReader.read($0, expectedID: "meter", hash: hash)
        }
        return (profile, log.problems.map(\.description))
    }

    private static func chosen(_ choices: VariantChoice...) throws -> Profile {
        let log = ProblemLog()
        let profile = try #require(read().0?.chosen(choices, log: log))
        #expect(log.problems.map(\.description) == [])
        return profile
    }

    private static func start(_ name: String, _ profile: Profile) -> Int? {
        guard case .registers(let range, _, _)? = profile.points.first(where: { $0.name == name })?.origin else {
            return nil
        }
        return range.start
    }

    @Test func `is read for a device with the standard where nothing is said`() throws {
        let (profile, problems) = Self.read()
        #expect(problems == [])
        #expect(profile?.points.map(\.name) == ["voltage", "count", "power"])
        #expect(profile?.elsewhere == ["voltage_l2"])
        #expect(profile?.hash == "abc")
        #expect(profile?.variants.map(\.values.count) == [2, 10, 2])
    }

    @Test func `has points, attributes and addresses by what is installed`() throws {
        let profile = try Self.chosen(.init("phases", "3"), .init("slot", "4"), .init("model", "b"))
        #expect(profile.points.map(\.name) == ["voltage", "voltage_l2", "count", "power"])
        #expect(Self.start("count", profile) == 4_100)
        #expect(profile.modbus?.wordOrder == .cdab)
        let power = try #require(profile.points.last)
        #expect(power.scale == DecimalNumber("0.01"))
        guard case .registers(_, .int32, .cdab) = power.origin else { return #expect(Bool(false)) }
    }

    /// A verification, a record and a counter of a device with three phases are not those of one with one.
    @Test func `has an identity of its own for what is installed, whatever the order`() throws {
        let profile = try Self.chosen(.init("slot", "4"), .init("phases", "3"), .init("model", "a"))
        #expect(profile.hash == "abc+phases=3,slot=4")
        #expect(profile.isEdition("abc+phases=3,slot=4") && profile.isEdition("0ld+phases=3,slot=4"))
        #expect(!profile.isEdition("abc") && !profile.isEdition("0ld"))
        #expect(Self.read().0?.isEdition("0ld") == true)
        // What the journal keeps of a device that left is read by its identity.
        #expect(Self.read(Self.text, profile.hash).0?.hash == profile.hash)
        #expect(try Self.chosen(.init("phases", "1")).hash == "abc")
    }

    @Test func `has vectors for what they say is installed`() throws {
        let log = ProblemLog()
        let all = try #require(Self.read().0).asVectorsNeed(log: log)
        #expect(log.problems.map(\.description) == [])
        #expect(all.map { $0.vectors.map(\.number) } == [[1], [2], [3]])
        #expect(Self.read().0?.vectors.map(\.number) == [1])
    }

    @Test func `can be read in every combination`() throws {
        let log = ProblemLog()
        #expect(try #require(Self.read().0).combinations(log: log).count == 40)
        #expect(log.isEmpty)
        let broken = Self.text.replacing("scale: 0.01, type: int32", with: "scale: 0.01, type: int31")
        let (profile, problems) = Self.read(broken)
        #expect(problems == [], "the standard does not meet it")
        _ = profile?.combinations(log: log)
        #expect(log.problems.first?.description.contains("unknown word \"int31\"; did you mean \"int32\"?") == true)
    }

    @Test(arguments: [
        ("only: { phases: 3 }", "only: { phase: 3 }", "no variant is named \"phase\"; did you mean \"phases\"?"),
        ("only: { phases: 3 }", "only: { phases: 2 }", "\"2\" is none of the values of phases; known: 1, 3"),
        ("step: { slot: 1000 }", "step: { model: 1000 }", "the values of model are no numbers"),
        ("b: { word_order: CDAB }", "c: { word_order: CDAB }", "\"c\" is none of the values of model"),
        ("default: 1,", "default: 2,", "\"2\" is none of the values"),
        ("set: { slot: 2 }", "set: { slot: 12 }", "\"12\" is none of the values of slot"),
        ("0-9, default: 0", "9-0, default: 0", "expected values such as [1, 3] or 0-9"),
        ("only: { phases: 3 }, holding", "onyl: { phases: 3 }, holding", "unknown key"),
    ]) func `says what is wrong in it`(right: String, wrong: String, message: String) {
        let text = Self.text.replacing(right, with: wrong)
        #expect(text != Self.text)
        let problems = Self.read(text).1
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test func `without a standard is read with the first value, until a device says which`() {
        let profile = Self.read(Self.text.replacing("values: [a, b], default: a", with: "values: [b, a]")).0
        #expect(profile?.choices.last == VariantChoice("model", "b"))
        #expect(profile?.hash == "abc")
    }
}
