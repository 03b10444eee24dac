import Buses
import Control
import Domain
import MQTT
import Modbus
import Platform

extension FaultStatus {
    init(_ failure: SourceFailure) {
        switch failure {
        case .stream(let error) where error.kind == .tcpRefused:
            // What to check is another thing than for Modbus TCP.
            self.init(kind: "stream_refused", place: error.endpoint.place, detail: nil)
        case .bus(let error), .stream(let error):
            let told = error.kind.told
            let place = error.endpoint.place
            // A service that sees no other user's processes leaves the name to whoever asks for the status.
            let holder = error.kind == .portBusy ? FileHolder.all(of: place).first.map { "\($0)" } : nil
            self.init(kind: told.word, place: place, detail: told.text ?? holder)
        case .broker(let error): self.init(error)
        }
    }

    init(_ error: MQTTError) {
        self.init(
            kind: "broker_" + error.trouble.rawValue,
            place: "\(error.address)",
            detail: error.detail.isEmpty ? nil : error.detail
        )
    }
}
