import Documents
import Installation
import Profiles
import TestSupport
import Testing
@testable import Configuration

/// `gateway.yaml`, `conf.d/*.yaml` and `verified.d/*.yaml` together.
@Suite struct MergingTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.write(Wrong.good, to: "gateway.yaml")
    }

    private func read() -> (configuration: Configuration?, problems: [String]) {
        let log = ProblemLog()
        let file = folder.path + "/gateway.yaml"
        let configuration = ConfigurationReader.read(file: file, catalogue: Shipped.catalogue, log: log)
        return (configuration, log.problems.map { $0.description.replacing(folder.path + "/", with: "") })
    }

    private func verified(_ text: String, of device: String = "flow-soyo") throws {
        try folder.write(text, to: "verified.d/\(device).yaml")
    }

    private var hash: String { Shipped.catalogue["tuf-2000m"]?.hash ?? "" }

    @Test func theFoldersNeedNotBeThere() {
        let (configuration, problems) = read()
        #expect(problems == [])
        #expect(configuration?.devices.count == 2)
    }

    @Test func aFileThatIsNotThereIsTold() throws {
        let log = ProblemLog()
        #expect(ConfigurationReader.read(file: "/nowhere/g.yaml", catalogue: Shipped.catalogue, log: log) == nil)
        #expect(log.problems.map(\.description) == ["/nowhere/g.yaml: cannot be opened: No such file or directory"])
    }

    @Test func aBinaryFileIsTold() throws {
        try folder.write("gateway: \u{0}\u{1}", to: "gateway.yaml")
        #expect(read().problems == ["gateway.yaml: is not a text file (UTF-8); is this the right file?"])
    }

    @Test func filesOfConfDAddTheirIds() throws {
        try folder.write(
            """
            sites: { tosaren: {} }
            devices:
              scale-08: { profile: tasmota-hx711, bus: sensors, node: bsu-08, site: tosaren, interval: 10s }
            """,
            to: "conf.d/20-tosaren.yaml"
        )
        try folder.write("storage_is_not_read: true", to: "conf.d/notes.txt")
        let (configuration, problems) = read()
        #expect(problems == [])
        #expect(configuration?.devices.map(\.id) == ["flow-soyo", "scale-07", "scale-08"])
        #expect(configuration?.devices.last?.site.id == "tosaren")
    }

    @Test func anIdGivenTwiceIsTold() throws {
        try folder.write(
            "devices:\n  flow-soyo: { profile: tuf-2000m, bus: rs485-1, unit: 2, site: sumber-soyo, interval: 5s }\n",
            to: "conf.d/a.yaml"
        )
        #expect(
            read().problems == [
                "conf.d/a.yaml:2:3: devices.flow-soyo: \"flow-soyo\" is given at gateway.yaml:11 too; "
                    + "ids are given once"
            ]
        )
    }

    @Test func aSingleValueGivenTwiceIsTold() throws {
        try folder.write("timezone: Asia/Jakarta\n", to: "conf.d/a.yaml")
        #expect(read().problems == ["conf.d/a.yaml:1:11: timezone: given in gateway.yaml too; keep one"])
    }

    @Test func anUnknownKeyInConfDIsTold() throws {
        try folder.write("device: {}\n", to: "conf.d/a.yaml")
        #expect(read().problems == ["conf.d/a.yaml:1:1: device: unknown key; did you mean \"devices\"?"])
    }

    @Test func aSecondFileChangesTheHash() throws {
        let one = try #require(read().configuration).hash
        try folder.write("sites: { tosaren: {} }\n", to: "conf.d/a.yaml")
        #expect(try #require(read().configuration).hash != one)
    }

    // MARK: Verifications

    @Test func aVerificationOfThisProfileHolds() throws {
        try verified("by: Diskominfo\non: 2026-10-03\nprofile_hash: \"\(hash)\"\n")
        let (configuration, problems) = read()
        #expect(problems == [])
        #expect(configuration?.devices[0].verified == Verification(by: "Diskominfo", on: "2026-10-03"))
        #expect(configuration?.devices[1].verified == nil)
    }

    /// An upgrade that brings a better profile leaves nobody unverified.
    @Test func aVerificationOfAnEditionThatTheProfileSupersedesHolds() throws {
        let earlier = try #require(read().configuration?.devices[0].profile.supersedes.first)
        try verified("by: Diskominfo\non: 2026-10-03\nprofile_hash: \"\(earlier)\"\n")
        #expect(read().configuration?.devices[0].verified == Verification(by: "Diskominfo", on: "2026-10-03"))
    }

    @Test func aChangedProfileVoidsTheVerification() throws {
        try verified("by: Diskominfo\non: 2026-10-03\nprofile_hash: \"0123456789abcdef\"\n")
        let (configuration, problems) = read()
        #expect(problems == [])
        #expect(try #require(configuration).devices[0].verified == nil)
    }

    @Test func anotherSerialNumberVoidsTheVerificationEvenBesideOneInTheFile() throws {
        let text = Wrong.good.replacing(
            "unit: 1",
            with: "unit: 1\n    serial: B\n    verified: { by: X, on: 2026-01-01 }"
        )
        try folder.write(text, to: "gateway.yaml")
        try verified("by: Diskominfo\non: 2026-10-03\nprofile_hash: \"\(hash)\"\nserial: A\n")
        #expect(try #require(read().configuration).devices[0].verified == nil)
    }

    @Test func theSameSerialNumberKeepsTheVerification() throws {
        try folder.write(Wrong.good.replacing("unit: 1", with: "unit: 1\n    serial: A"), to: "gateway.yaml")
        try verified("by: Diskominfo\non: 2026-10-03\nprofile_hash: \"\(hash)\"\nserial: A\n")
        #expect(try #require(read().configuration).devices[0].verified != nil)
    }

    @Test func aVerificationOfNoDeviceIsTold() throws {
        try verified("by: Diskominfo\non: 2026-10-03\n", of: "flow-soya")
        #expect(
            read().problems == [
                "verified.d/flow-soya.yaml:1:1: no device is named \"flow-soya\"; did you mean \"flow-soyo\"?; "
                    + "rename or remove the file"
            ]
        )
    }

    @Test func aVerificationWithoutItsDayIsTold() throws {
        try verified("by: Diskominfo\n")
        #expect(read().problems == ["verified.d/flow-soyo.yaml:1:1: \"on\" is missing"])
    }
}
