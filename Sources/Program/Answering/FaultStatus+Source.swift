import Buses
import Control
import Domain
import MQTT
import Modbus

extension FaultStatus {
    init(_ failure: SourceFailure) {
        switch failure {
        case .bus(let error):
            let told = error.kind.told
            self.init(kind: told.word, place: error.endpoint.place, detail: told.text)
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
