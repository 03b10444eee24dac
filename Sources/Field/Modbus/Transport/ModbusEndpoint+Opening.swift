import Domain

/// The transports that can be opened: each new one is a case here.
extension ModbusEndpoint {
    /// Opens a shared line; nil where the endpoint is not one.
    ///
    /// - Parameter deadline: to connect to a serial server: for all of a name's addresses together.
    func openLine(until deadline: Uptime, time: any TimeSource) throws(ModbusError.Kind) -> (any LinePort)? {
        guard isShared else { return nil }
        switch transport {
        case .serial(let path, let settings):
            let port = try SerialPort.open(path: path, settings: settings, time: time)
            return framing == .rtu ? port : GatheringPort(port, framing: framing, time: time)
        case .tcp(let host, let port):
            let descriptor = try TCPDial.connect(host: host, port: port, deadline: deadline, time: time)
            return GatheringPort(TCPChannel(descriptor, time: time), framing: framing, time: time)
        }
    }

    /// Connects to a device that has its connection for itself; nil where the endpoint is not one.
    ///
    /// - Parameter deadline: for all of a name's addresses together.
    func connect(until deadline: Uptime, time: any TimeSource) throws(ModbusError.Kind) -> TCPLink? {
        guard !isShared, case .tcp(let host, let port) = transport else { return nil }
        let descriptor = try TCPDial.connect(host: host, port: port, deadline: deadline, time: time)
        let session = try security.map { files throws(ModbusError.Kind) in
            try TLSSession.open(on: descriptor.number, host: host, files: files, deadline: deadline, time: time)
        }
        return TCPLink(TCPSocket(descriptor, session: session), framing: framing)
    }
}
