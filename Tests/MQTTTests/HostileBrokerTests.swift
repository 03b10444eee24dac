import Domain
import Glibc
@testable import MQTT
import Platform
import Synchronization
import Testing
import TestSupport

extension Sessions {
    /// A broker's bytes may end its connection, never the process: a crash here is the failure.
    @Suite struct `With a hostile broker` {
        private static let unknownProperty = "7f00"

        @Test(arguments: [
            ("CONNACK", "2005000002" + unknownProperty, false), ("PUBACK", "400600010002" + unknownProperty, true),
            ("SUBACK", "90060001" + "02" + unknownProperty + "00", true),
            ("DISCONNECT", "e0040002" + unknownProperty, true),
            ("PUBLISH", "30070001" + "61" + "02" + unknownProperty + "61", true),
        ])
        func `a property that MQTT does not have ends the connection alone, in each packet`(
            name: String,
            hex: String,
            isAfterConnack: Bool
        ) throws {
            let arguments = ["--hex", hex] + (isAfterConnack ? ["--after"] : [])
            let broker = try BrokerScript(script: "hostile_broker.py", arguments)
            let owner = RecordingOwner()
            with(settings(broker.port), owner) { _ in
                #expect(owner.wait { $0.failures.count >= 2 })
                let failure = owner.now.failures.first
                #expect(failure?.kind == .protocolViolation)
                #expect(failure?.detail.contains(name) == true)
            }
        }

        @Test(arguments: [("a type that MQTT does not have", "0000"), ("a length without end", "30ffffffffff")])
        func `what is no packet ends the connection`(name: String, hex: String) throws {
            let broker = try BrokerScript(script: "hostile_broker.py", ["--hex", hex, "--after"])
            let owner = RecordingOwner()
            with(settings(broker.port), owner) { _ in #expect(owner.failure(.protocolViolation)) }
        }

        @Test(arguments: [MQTTVersion.v5, .v311])
        func `a message that is too large ends the connection at its header, and its topic is left alone then`(
            version: MQTTVersion
        ) throws {
            // The header of 200 MB on topic "big"; none of the bytes ever come.
            let broker = try BrokerScript(
                script: "hostile_broker.py",
                ["--hex", "3080c2d75f" + "0003626967", "--after"]
            )
            let owner = RecordingOwner()
            let change: (inout MQTTSettings) -> Void = {
                $0.version = version
                $0.subscriptions = ["big", "small"]
            }
            with(settings(broker.port, change: change), owner) { _ in
                #expect(owner.failure(.packetTooLarge(topic: "big")))
            }
        }

        /// A million over TCP, 50,000 over TLS: `HOSTILE_PACKETS=1000000 swift test --filter "every kind over"`.
        @Test(arguments: [MQTTVersion.v5, .v311], [false, true])
        func `packets of every kind over TCP and TLS, whole and broken, end no process`(
            version: MQTTVersion,
            tls: Bool
        ) throws {
            let wanted = getenv("HOSTILE_PACKETS").flatMap { Int(String(cString: $0)) } ?? 20_000
            let folder = try temporaryFolder()
            defer { removeFolder(folder) }
            var arguments = ["--packets", "\(tls ? max(2_000, wanted / 20) : wanted)", "--seed", "\(wanted)"]
            var authority: String?
            if tls {
                let made = try BrokerCertificates(folder: folder)
                authority = made.authority
                arguments += ["--tls", try made.certificateWithKey()]
            }
            let broker = try BrokerScript(script: "hostile_broker.py", arguments)
            let owner = CountingOwner()
            let settings = settings(broker.port) {
                $0.version = version
                $0.backoff = .zero ... .zero
                $0.addresses[0].tls = tls
                $0.caFile = authority
                $0.subscriptions = ["site/device"]
            }
            let session = MQTTSession(settings: settings, owner: owner, time: SystemClock(), name: "mqtt-test")
            session.start()
            defer { session.stop(within: .seconds(2)) }
            let line = try #require(broker.line(with: "sent ", within: 3_600))
            print(version, tls ? "TLS:" : "TCP:", line, "failures:", owner.failures)
            #expect(owner.failures.values.reduce(0, +) > wanted / 400)
        }
    }
}

/// The rules for packets that may pass to the library.
@Suite struct InboundRulesTests {
    private func verdicts(_ packets: [[UInt8]], version: MQTTVersion = .v5) -> [InboundRules.Verdict] {
        var rules = InboundRules(version: version)
        rules.didPublish(packet: 1)
        return packets.map { bytes in
            bytes.withUnsafeBytes { bytes in
                guard case .packet(let packet) = InboundPacket.header(bytes) else { return .violation("header") }
                return rules.verdict(packet, body: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(packet.headerSize)))
            }
        }
    }

    private static let connack: [UInt8] = [0x20, 3, 0, 0, 0]
    private static let puback: [UInt8] = [0x40, 2, 0, 1]

    @Test func `the answer to a message passes once, and what nobody asked for is left out`() {
        // It has a reason of one letter; libmosquitto never frees the reason of an unknown packet.
        let foreign: [UInt8] = [0x40, 8, 0, 9, 0, 4, 0x1F, 0, 1, 0x61]
        #expect(
            verdicts([Self.connack, foreign, Self.puback, Self.puback]) == [.pass, .leaveOut, .pass, .leaveOut]
        )
    }

    @Test func `nothing comes before the CONNACK, which comes once`() {
        #expect(verdicts([Self.puback]) != [.pass])
        #expect(verdicts([Self.connack, Self.connack]).last != .pass)
    }

    @Test func `a refusal of a broker that has no MQTT 5 passes`() {
        #expect(verdicts([[0x20, 2, 0, 1]]) == [.pass])
    }

    @Test(
        arguments: [
            ("PUBREC", [0x50, 2, 0, 1]), ("PUBREL", [0x62, 2, 0, 1]), ("PUBCOMP", [0x70, 2, 0, 1]),
            ("UNSUBACK", [0xB0, 4, 0, 1, 0, 0]),
            ("AUTH", [0xF0, 2, 0, 0]), ("a CONNECT", [0x10, 0]), ("PINGREQ", [0xC0, 0]),
            ("QoS 2", [0x34, 6, 0, 1, 0x61, 0, 1, 0]),
        ] as [(String, [UInt8])]
    )
    func `what this client never asks for does not pass`(name: String, packet: [UInt8]) {
        #expect(verdicts([Self.connack, packet]).last != .pass)
    }

    @Test func `properties pass that end where they say`() {
        let user: [UInt8] = [0x26, 0, 1, 0x61, 0, 1, 0x62]
        let few: [UInt8] = [0x30, 4 + 9, 0, 1, 0x61, 9, 1, 1] + user
        #expect(verdicts([Self.connack, few]).last == .pass)
        let short: [UInt8] = [0x30, 4 + 9, 0, 1, 0x61, 8, 1, 1] + user
        #expect(verdicts([Self.connack, short]).last == .violation("a PUBLISH whose properties do not end"))
    }
}

/// An owner that always has a message and only counts how connections end.
private final class CountingOwner: MQTTSessionOwner {
    private let counted = Mutex<[String: Int]>([:])
    private let hasOffered = Atomic(false)

    var failures: [String: Int] { counted.withLock { $0 } }

    func sessionConnected(_ connection: MQTTConnection) { hasOffered.store(false, ordering: .relaxed) }

    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {
        // Errors are counted by kind alone, without topic or code.
        counted.withLock { $0[String("\(error.kind)".prefix { $0 != "(" }), default: 0] += 1 }
    }

    func nextMessage() -> MQTTNext {
        if hasOffered.exchange(true, ordering: .relaxed) { return .idle(until: nil) }
        return .message(MQTTMessage(topic: "a", payload: [1], retained: false, token: 1))
    }

    func acknowledged(token: MQTTToken, code: UInt8) {}
    func received(_ message: MQTTReceived) {}
}
