import Domain
import TestSupport
import Testing

@testable import MQTT

extension Sessions {
    @Suite struct `A keepalive that the broker shortens` {
        @Test func `is kept, so that a quiet link stays connected`() throws {
            let broker = try BrokerProcess(["allow_anonymous true", "max_keepalive 10"])
            let owner = RecordingOwner(messages(1...1))
            try with(settings(broker.port) { $0.keepalive = .seconds(3_600) }, owner) { session in
                try #require(owner.wait { $0.answers.count == 1 })
                // The broker ends a connection that is silent for one and a half times its keepalive.
                #expect(broker.line(with: "Received PINGREQ", number: 2, within: 40) != nil)
                #expect(session.snapshot.connects == 1)
            }
        }
    }
}
