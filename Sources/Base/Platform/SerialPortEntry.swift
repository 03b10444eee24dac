import Glibc

/// A serial port of this machine.
public struct SerialPortEntry: Hashable, Sendable {
    /// The name to write into a configuration: one that stays after a reboot, where there is one.
    public var name: String
    /// The kernel's name: `/dev/ttyUSB0`.
    public var device: String
    /// The kernel's driver: `ftdi_sio`, `ch341-uart`.
    public var driver: String
    /// What the adapter calls its maker and itself; nil where it says nothing, as one soldered to the board.
    public var maker: String?
    /// The adapter's own serial number.
    public var serialNumber: String?
    /// The other programs that have it open, as far as this user may see.
    public var holders: [FileHolder]

    /// The ports that a driver serves, in the order of their names.
    ///
    /// - Parameters:
    ///   - classes: the kernel's folder of terminals.
    ///   - aliases: folders of lasting names, the best first.
    public static func all(
        classes: String = "/sys/class/tty",
        aliases: [String] = ["/dev/gateway", "/dev/serial/by-id", "/dev/serial/by-path"]
    ) -> [SerialPortEntry] {
        var names: [String: String] = [:]
        for folder in aliases.reversed() {
            for name in fileNames(in: folder) {
                if let real = real("\(folder)/\(name)") { names[real] = "\(folder)/\(name)" }
            }
        }
        return fileNames(in: classes).sorted().compactMap { name in
            // Terminals of the console and of windows have no device behind them.
            guard let driver = real("\(classes)/\(name)/device/driver")?.split(separator: "/").last else { return nil }
            let device = "/dev/" + name
            // The kernel lists ports that a board might have; those that it has not are of the type 0, unknown.
            guard firstLine(of: "\(classes)/\(name)/type") != "0", access(device, F_OK) == 0 else { return nil }
            return SerialPortEntry(
                name: names[device] ?? device,
                device: device,
                driver: String(driver),
                maker: words(["manufacturer", "product"], above: "\(classes)/\(name)/device"),
                serialNumber: words(["serial"], above: "\(classes)/\(name)/device"),
                holders: FileHolder.all(of: device)
            )
        }
    }

    /// What files of the USB device say, one or two folders above its interface.
    private static func words(_ files: [String], above device: String) -> String? {
        for folder in ["\(device)/..", "\(device)/../.."] {
            let found = files.compactMap { firstLine(of: "\(folder)/\($0)") }.filter { !$0.isEmpty }
            if !found.isEmpty { return found.joined(separator: " ") }
        }
        return nil
    }

    private static func firstLine(of path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, 64, file) != nil else { return nil }
        return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func real(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
