import Control

/// How many of a line's devices answer.
struct LineState {
    let devices: Int
    let answering: Int

    init(_ bus: BusStatus, _ devices: [DeviceStatus]) {
        let own = devices.filter { $0.bus == bus.id }
        self.devices = own.count
        answering = own.count { $0.answering == true }
    }

    var nobodyAnswers: Bool { devices > 0 && answering == 0 }
}
