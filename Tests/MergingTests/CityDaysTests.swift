import Contract
import Domain
import Foundation
import Indicators
import TestSupport
import Testing

@testable import Merging

/// Two days of three gateways, computed a second time by Tests/Peers/city_days.py with pandas.
@Suite struct `Two days of a city` {
    /// What a merged figure must have, by pandas.
    private struct Expected {
        var look: String
        var name: String
        var from: Instant
        var members: [String: Any]

        init(line: Substring) throws {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            look = try #require(object["at"] as? String)
            name = try #require(object["name"] as? String)
            from = Instant(millisecondsSince1970: try #require((object["from"] as? NSNumber)?.int64Value))
            members = try #require(object["members"] as? [String: Any])
        }

        /// What the figure has instead, in words.
        func differences(from figure: CityFigure?) throws -> [String] {
            guard let figure else { return ["\(look) \(name) \(from): missing"] }
            let object = try JSONSerialization.jsonObject(with: Data(figure.payload))
            let found = try #require(object as? [String: Any])
            return members.compactMap { key, wanted in
                let (had, must) = (Self.text(found[key]), Self.text(wanted))
                return had == must ? nil : "\(look) \(name) \(from) \(key): \(had), pandas \(must)"
            }.sorted()
        }

        /// Numbers as they are written: pandas' values are texts, so that no digit is lost on the way.
        private static func text(_ value: Any?) -> String {
            switch value {
            case let text as String: text
            case let truth as NSNumber where CFGetTypeIDIsBool(truth): truth.boolValue ? "true" : "false"
            case let number as NSNumber: DecimalNumber(number.description)?.description ?? number.description
            case let list as [Any]: "[" + list.map(text).joined(separator: ",") + "]"
            case let members as [String: Any]:
                "{" + members.sorted { $0.key < $1.key }.map { "\($0.key):\(text($0.value))" }.joined(separator: ",")
                    + "}"
            default: "none"
            }
        }

        private static func CFGetTypeIDIsBool(_ number: NSNumber) -> Bool { number.objCType.pointee == 0x63 }
    }

    /// The way from the gateways to the city: messages overtake each other and come twice.
    private struct Way {
        private var underWay: [[UInt8]] = []
        private var generator: SeededChance

        init(seed: UInt64) { generator = SeededChance(seed) }

        mutating func send(_ payloads: [[UInt8]], to figures: inout CityFigures, at now: Instant) {
            for payload in payloads {
                underWay.append(payload)
                if generator.isLucky(oneIn: 10) { underWay.append(payload) }
            }
            while underWay.count > 40 {
                let index = generator.next(in: 0..<underWay.count)
                Self.arrive(underWay.remove(at: index), &figures, now)
            }
        }

        mutating func finish(_ figures: inout CityFigures, at now: Instant) {
            for payload in underWay.shuffled(using: &generator) { Self.arrive(payload, &figures, now) }
            underWay = []
        }

        private static func arrive(_ payload: [UInt8], _ figures: inout CityFigures, _ now: Instant) {
            guard let message = FigureMessage(payload: payload) else {
                Issue.record("\(String(decoding: payload, as: UTF8.self)) is no figure")
                return
            }
            figures.take(message, at: now)
        }
    }

    /// The city while the script of the two days is played.
    private struct Play {
        var boxes: [String: Box] = [:]
        var figures: CityFigures
        var way: Way
        var roster = Roster()
        /// The newest of each published figure.
        var published: [String: CityFigure] = [:]
        var revisionsFell = 0

        static func key(_ name: String, _ from: Instant) -> String { "\(name) \(from)" }

        mutating func play(_ words: [String]) throws -> String? {
            guard words[0] != "c" else { return try look(words) }
            let gateway = words[1]
            let now = Instant(millisecondsSince1970: words.count > 2 ? try #require(Int64(words[2])) : 0)
            switch words[0] {
            case "n":
                if boxes[gateway] == nil {
                    boxes[gateway] = try Box(gateway, at: now)
                } else {
                    boxes[gateway]?.renew(at: now)
                }
                roster.gateways[gateway] =
                    Roster(metas: try #require(boxes[gateway]).metas, zone: wib).gateways[gateway]
            case "r": boxes[gateway]?.read(words[3], now, try words.dropFirst(4).map(Self.point))
            case "w":
                let net = number(words[4])
                boxes[gateway]?.weigh(words[3], now, net: net, category: words[5], id: words[6])
            case "s": boxes[gateway]?.save(now: now)
            case "k": boxes[gateway]?.kill()
            case "d": roster.gateways[gateway]?.silentSince = now
            case "u": roster.gateways[gateway]?.silentSince = nil
            case "p":
                way.send(boxes[gateway]?.openFigures(now: now) ?? [], to: &figures, at: now)
                way.send(boxes[gateway]?.finals(now: now) ?? [], to: &figures, at: now)
            default: Issue.record("nothing plays \(words)")
            }
            return nil
        }

        /// Takes all that is under way, and merges.
        private mutating func look(_ words: [String]) throws -> String {
            let now = Instant(millisecondsSince1970: try #require(Int64(words[1])))
            way.finish(&figures, at: now)
            for figure in figures.round(now: now, roster: roster) {
                let key = Self.key(figure.name, figure.from)
                if let before = published[key], before.revision >= figure.revision { revisionsFell += 1 }
                published[key] = CityFigure(payload: figure.payload)
            }
            return words[2]
        }

        /// `volume+1.25@TIME`, `volume+`, `ph=7.1` or `ph!`.
        private static func point(_ word: String) throws -> PointObservation {
            if word.hasSuffix("!") { return CityPoint.bad(String(word.dropLast())) }
            if let place = word.firstIndex(of: "=") {
                return CityPoint.value(String(word[..<place]), number(String(word[word.index(after: place)...])))
            }
            let place = try #require(word.firstIndex(of: "+"))
            let name = String(word[..<place])
            let rest = word[word.index(after: place)...].split(separator: "@").map(String.init)
            guard rest.count == 2 else { return CityPoint.increase(name, nil, since: nil) }
            return CityPoint.increase(name, number(rest[0]), since: Int64(rest[1]))
        }
    }

    @Test func `come to what pandas makes of their raw rows`() throws {
        let folder = try ScratchFolder()
        let peer = try PythonPeer("city_days.py", arguments: [folder.path, "20261121"])
        #expect(Int(peer.ready).map { $0 > 9_000 } == true)
        let lines = try String(contentsOfFile: folder.path + "/expected.jsonl", encoding: .utf8).split(separator: "\n")
        let expected = Dictionary(grouping: try lines.map { try Expected(line: $0) }, by: \.look)
        let feeding = Feeding(try CityField.catalogue())
        let city = CityFigures(city: "kediri", zone: wib, feeding: feeding)
        var play = Play(figures: city, way: Way(seed: 7))
        var wrong: [String] = []
        var compared = 0
        for line in try String(contentsOfFile: folder.path + "/script.tsv", encoding: .utf8).split(separator: "\n") {
            guard let look = try play.play(line.split(separator: "\t").map(String.init)) else { continue }
            for figure in expected[look] ?? [] {
                compared += 1
                wrong += try figure.differences(from: play.published[Play.key(figure.name, figure.from)])
            }
        }
        #expect(wrong.count == 0, "\(wrong.prefix(30).joined(separator: "\n"))")
        #expect(compared > 2_000)
        #expect(play.revisionsFell == 0)
    }
}
