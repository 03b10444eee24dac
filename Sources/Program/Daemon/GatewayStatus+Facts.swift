import Buses
import Contract
import Installation
import Platform

extension GatewayStatus.Box {
    init(_ facts: BoxFacts, folder: String) {
        self.init(
            free: facts.disk(of: folder)?.free,
            celsius: facts.temperatures.map(\.celsius).max(),
            uptime: facts.uptime
        )
    }
}

extension GatewayStatus.Field {
    init(_ devices: [Device], board: DeviceBoard, sources: RunningSources) {
        self.init(
            missed: devices.reduce(0) { $0 + board[$1.id].missed },
            buses: sources.all.map { source in
                let now = source.snapshot
                return Bus(
                    id: source.id,
                    load: now.load,
                    errors: now.timeouts + now.crcErrors + now.exceptions + now.otherErrors
                )
            }
        )
    }
}
