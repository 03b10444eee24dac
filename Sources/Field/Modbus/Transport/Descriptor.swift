import Domain
import Glibc
import Platform

/// Owns an open file: the file is closed when this goes.
struct Descriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    /// Takes over a new socket, with a number that leaves the low ones to serial ports.
    ///
    /// - Throws: `tooManyDescriptors` (and closes the socket) where the last ones are reserved for others.
    init(socket: Int32) throws(ModbusError.Kind) {
        let number = DescriptorRoom.moveUp(socket)
        if DescriptorRoom.isReserved(number, limit: DescriptorRoom.limits.soft) {
            close(number)
            throw .tooManyDescriptors
        }
        self.number = number
    }

    deinit { close(number) }

    /// Releases the descriptor; the receiver closes it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
