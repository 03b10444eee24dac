import TestSupport
import Testing

@testable import Platform

@Suite struct `The service manager` {
    /// Once, a frozen broker and a manager that had stopped reading stopped the watchdog's own loop.
    @Test(.timeLimit(.minutes(1)))
    func `a manager that does not listen stops nobody, and hears again once it reads`() throws {
        let folder = try ScratchFolder()
        let socket = try NotifySocket(in: folder.path)
        let manager = ServiceManager(path: socket.path)
        for _ in 0..<1_000 { manager.alive() }
        #expect(socket.receives("WATCHDOG=1"))
        manager.ready()
        #expect(socket.receives("READY=1"))
    }
}
