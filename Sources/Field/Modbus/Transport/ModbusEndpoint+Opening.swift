import Domain

/// The transports that can be opened: each new one is a case here.
extension ModbusEndpoint {
    /// Opens a shared line; nil where the endpoint is not one.
    func openLine() throws(ModbusError.Kind) -> (any LinePort)? {
        guard isShared, case .serial(let path, let settings) = transport else { return nil }
        return try SerialPort.open(path: path, settings: settings)
    }

    /// Connects to a device that has its connection for itself; nil where the endpoint is not one.
    ///
    /// - Parameter deadline: for all of a name's addresses together.
    func connect(until deadline: Uptime, time: any TimeSource) throws(ModbusError.Kind) -> TCPLink? {
        guard !isShared, case .tcp(let host, let port) = transport else { return nil }
        let descriptor = try TCPDial.connect(host: host, port: port, deadline: deadline, time: time)
        return TCPLink(TCPSocket(descriptor), framing: framing)
    }
}
