import Foundation
import Platform
import TestSupport
import Testing

@Suite struct `Who has a file or port` {
    @Test(arguments: ["", "flock 9;"]) func `is found by its descriptor or its lock`(_ lock: String) throws {
        let folder = try ScratchFolder()
        try folder.write("", to: "port")
        let path = folder.path + "/port"
        let child = try ChildProcess("/bin/sh", ["-c", "exec 9<\(path); \(lock) echo held; exec sleep 600"])
        defer { child.stop() }
        try #require(child.line(with: "held") != nil)
        let holders = FileHolder.all(of: path)
        #expect(holders.map(\.process) == [child.identifier])
        #expect(holders.allSatisfy { !$0.isProbe && !$0.isGateway })
    }

    @Test func `is nobody where it is not there, or only this process has it`() throws {
        let folder = try ScratchFolder()
        try folder.write("", to: "port")
        let file = open(folder.path + "/port", O_RDONLY)
        defer { close(file) }
        #expect(FileHolder.all(of: folder.path + "/port").isEmpty)
        #expect(FileHolder.all(of: folder.path + "/none").isEmpty)
    }

    @Test func `is told for each serial port, by the name that stays`() throws {
        let folder = try ScratchFolder()
        let files = FileManager.default
        for (name, type) in [("null", "4"), ("zero", "0"), ("full", nil)] {
            try files.createDirectory(atPath: "\(folder.path)/tty/\(name)/device", withIntermediateDirectories: true)
            try files.createDirectory(atPath: "\(folder.path)/drivers/ftdi_sio", withIntermediateDirectories: true)
            if let type { try folder.write(type + "\n", to: "tty/\(name)/type") }
            if name == "full" { continue }
            try files.createSymbolicLink(
                atPath: "\(folder.path)/tty/\(name)/device/driver",
                withDestinationPath: folder.path + "/drivers/ftdi_sio"
            )
        }
        for alias in ["best", "other"] {
            try files.createDirectory(atPath: "\(folder.path)/\(alias)", withIntermediateDirectories: true)
            try files.createSymbolicLink(atPath: "\(folder.path)/\(alias)/usb-A1", withDestinationPath: "/dev/null")
        }
        let ports = SerialPortEntry.all(
            classes: folder.path + "/tty",
            aliases: [folder.path + "/best", folder.path + "/other"]
        )
        #expect(ports.map(\.device) == ["/dev/null"])
        #expect(ports.map(\.name) == [folder.path + "/best/usb-A1"])
        #expect(ports.map(\.driver) == ["ftdi_sio"])
    }
}
