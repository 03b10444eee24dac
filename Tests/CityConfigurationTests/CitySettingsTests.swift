import CityConfiguration
import Collecting
import Documents
import Domain
import Testing

/// The city's configuration: what is read, and what is refused with its place.
@Suite struct CitySettingsTests {
    private static let least = """
        city: kediri
        broker: { mqtt: "mqtt://127.0.0.1" }
        database: { url: "postgresql:///kediri" }
        """

    private func read(_ text: String) -> (settings: CitySettings?, problems: [String]) {
        let log = ProblemLog()
        let settings = CitySettingsReader.read(text: text, file: "city.yaml", log: log)
        return (settings, log.problems.map(\.description))
    }

    @Test func `the least is a city, a broker and a database`() throws {
        let settings = try #require(read(Self.least).settings)
        #expect(settings.topicPrefix == "kediri")
        #expect(settings.timezone == "Asia/Jakarta")
        #expect(settings.clientID == "kediri-collect")
        #expect(settings.destination == "city")
        #expect(settings.retention == .seconds(35 * 86_400))
        #expect("\(settings.listen)" == "127.0.0.1:8090")
        #expect(settings.share == nil)
    }

    @Test func `the city has the name it was given, and the program's own at its own topics alone`() throws {
        #expect(try #require(read(Self.least).settings).name?.indonesian == "Kota Kediri")
        let elsewhere = Self.least + "\ntopic_prefix: sukamaju"
        #expect(try #require(read(elsewhere).settings).name == nil)
        let named = try #require(read(elsewhere + "\nname: { en: Sukamaju, id: Kabupaten Sukamaju }").settings).name
        #expect(named == CityName(english: "Sukamaju", indonesian: "Kabupaten Sukamaju"))
    }

    @Test func `the client id is the user name unless one is given`() throws {
        let text = Self.least.replacing("\"mqtt://127.0.0.1\"", with: "\"mqtt://127.0.0.1\", username: collect")
        #expect(try #require(read(text).settings).clientID == "collect")
        let named = text.replacing("username: collect", with: "username: collect, client_id: two")
        #expect(try #require(read(named).settings).clientID == "two")
    }

    @Test func `share none is no share`() throws {
        let shared = Self.least.replacing("127.0.0.1\"", with: "127.0.0.1\", share: kediri")
        #expect(try #require(read(shared).settings).share == "kediri")
        let alone = Self.least.replacing("127.0.0.1\"", with: "127.0.0.1\", share: none")
        #expect(try #require(read(alone).settings).share == nil)
    }

    @Test(arguments: [
        ("city: kediri", "city: Kota Kediri", "city.yaml:1:7: city: "),
        ("city: kediri", "", "\"city\" is missing"),
        ("postgresql:///kediri", "postgresql://u:secret@h/kediri", "secrets are not written here"),
        ("postgresql:///kediri", "host=/run password=secret", "secrets are not written here"),
        ("127.0.0.1\"", "127.0.0.1\", share: a/b", "expected the name of a group"),
        ("127.0.0.1\"", "127.0.0.1\", pasword_file: x", "did you mean \"password_file\""),
        ("city: kediri", "city: kediri\nretention: 1h", "retention"),
        ("city: kediri", "city: kediri\nserve: { listen: localhost:80 }", "expected an IP address and a port"),
        ("city: kediri", "city: kediri\ntimezone: Asia/Kediri", "no time zone is named"),
        ("city: kediri", "city: kediri\ntopic_prefix: a b", "cannot begin a topic"),
        ("city: kediri", "city: kediri\nretention: 35", "retention"),
    ])
    func `a slip is reported with its place`(what: String, by slip: String, words: String) {
        let (settings, problems) = read(Self.least.replacing(what, with: slip))
        #expect(settings == nil)
        #expect(problems.contains { $0.contains(words) }, "\(problems)")
    }

    @Test func `collectors divide a city by gateways, or share it by a group, and each has all states`() {
        let all = CollectorSettings.subscriptions(prefix: "kediri", share: nil, gateways: [])
        #expect(all.contains("kediri/readings/+/#"))
        #expect(all.contains("kediri/packs/+"))
        let one = CollectorSettings.subscriptions(prefix: "kediri", share: nil, gateways: ["a"])
        #expect(one.allSatisfy { $0.contains("/a/") || $0.hasSuffix("/a") })
        let shared = CollectorSettings.subscriptions(prefix: "kediri", share: "g", gateways: [])
        #expect(shared.contains("$share/g/kediri/backfill/+/#"))
        #expect(shared.contains("kediri/gateways/+/status"))
    }
}
