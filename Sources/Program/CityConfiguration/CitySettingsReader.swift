import Configuration
public import Documents
import Domain
import Foundation
import Installation
import Profiles

/// Reads the city's configuration: every problem with its place.
public enum CitySettingsReader {
    /// - Returns: nil where something is wrong; the log says what.
    public static func read(file: String, log: ProblemLog) -> CitySettings? {
        guard let map = Document.mapping(ofFile: file, log: log) else { return nil }
        return read(map, log: log)
    }

    /// The configuration of a text, for tests.
    public static func read(text: String, file: String, log: ProblemLog) -> CitySettings? {
        guard let map = Document.mapping(of: text, file: file, log: log) else { return nil }
        return read(map, log: log)
    }

    private static func read(_ map: DocumentMap, log: ProblemLog) -> CitySettings? {
        let city = map.required("city")?.id()
        let name = map.optional("name")?.mapping().flatMap { CommonReader.cityName($0) }
        let timezone = map.optional("timezone").map { CommonReader.timezone($0) } ?? CommonReader.usualTimezone
        let prefix = map.optional("topic_prefix").map { CommonReader.topicPrefix($0) } ?? CityDefaults.built.topicPrefix
        let broker = map.required("broker")?.mapping().flatMap(readBroker)
        let database = map.required("database")?.mapping().flatMap(readDatabase)
        let destination = map.optional("destination").flatMap { $0.id() } ?? "city"
        let retention = map.optional("retention")?.duration(in: .seconds(2 * 86_400) ... .seconds(3_660 * 86_400))
        let listen = map.optional("serve")?.mapping().flatMap(readServe) ?? ListenAddress(usualListen)
        let indicators = map.optional("indicators")?.string()
        map.finish()
        guard log.isEmpty, let city, let broker, let database, let listen else { return nil }
        return CitySettings(
            city: city,
            name: name ?? CityDefaults.built.cityName(at: prefix),
            timezone: timezone,
            topicPrefix: prefix,
            broker: broker.broker,
            clientID: broker.clientID ?? broker.broker.username ?? "\(city)-collect",
            share: broker.share,
            gateways: broker.gateways,
            database: database,
            destination: destination,
            retention: retention ?? .seconds(35 * 86_400),
            indicators: indicators,
            listen: listen
        )
    }

    private static let usualListen = "127.0.0.1:8090"

    private struct ReadBroker {
        var broker: Broker
        var clientID: String?
        var share: String?
        var gateways: [String]
    }

    private static func readBroker(_ map: DocumentMap) -> ReadBroker? {
        defer { map.finish() }
        let broker = BrokerReader.read(map)
        if broker == nil {
            map.fail("\"mqtt\" is missing: the broker's address, such as mqtts://broker.example:8883")
        }
        let clientID = map.optional("client_id")?.string()
        let shareNode = map.optional("share")
        let share = shareNode?.string()
        if let share, share.contains(where: { "+#/".contains($0) }) || share.isEmpty {
            shareNode?.fail("expected the name of a group, without +, # and /, or none")
        }
        let gateways = map.optional("gateways")?.list()?.compactMap { $0.id() } ?? []
        guard let broker else { return nil }
        return ReadBroker(
            broker: broker,
            clientID: clientID,
            share: share == "none" ? nil : share,
            gateways: gateways
        )
    }

    private static func readDatabase(_ map: DocumentMap) -> CitySettings.Database? {
        defer { map.finish() }
        let node = map.required("url")
        guard let url = node?.string() else { return nil }
        if hasPassword(url) {
            node?.fail("secrets are not written here: put it in a file and name that with password_file")
            return nil
        }
        if let password = map.optional("password") {
            password.fail("secrets are not written here: put it in a file and name that with password_file")
        }
        return CitySettings.Database(url: url, passwordFile: map.optional("password_file")?.string())
    }

    private static func hasPassword(_ url: String) -> Bool {
        if url.contains("password=") { return true }
        guard let scheme = url.range(of: "://"), let at = url[scheme.upperBound...].firstIndex(of: "@") else {
            return false
        }
        return url[scheme.upperBound..<at].contains(":") && !url[scheme.upperBound..<at].hasSuffix(":")
    }

    private static func readServe(_ map: DocumentMap) -> ListenAddress? {
        defer { map.finish() }
        guard let node = map.optional("listen") else { return ListenAddress(usualListen) }
        guard let text = node.string() else { return nil }
        guard let listen = ListenAddress(text) else {
            node.fail("expected an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080, found \"\(text)\"")
            return nil
        }
        return listen
    }
}
