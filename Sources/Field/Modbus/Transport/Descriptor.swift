import Domain
import Glibc
import Platform

/// An open file's owner: closed when it goes.
struct Descriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    /// Takes over a new socket, under a number that leaves the low ones to serial ports.
    ///
    /// - Throws: `tooManyDescriptors` (and closes it) where the last ones are left to others.
    init(socket: Int32) throws(ModbusError.Kind) {
        let number = DescriptorRoom.moveUp(socket)
        if DescriptorRoom.isReserved(number, limit: DescriptorRoom.limits.soft) {
            close(number)
            throw .tooManyDescriptors
        }
        self.number = number
    }

    deinit { close(number) }

    /// Gives the descriptor away; whoever takes it closes it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }
}
