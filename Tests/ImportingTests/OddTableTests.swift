import Domain
import Importing
import Profiles
import Testing

@Suite struct `An odd table` {
    @Test(arguments: ["uint8be", "INT8L", "sint", "u24", "byte", "xx"])
    func `never has a type of ours where its own is none of them`(word: String) {
        let table = Imported("Address,Name,Type\n0,A,\(word)\n1,B,uint16") { $0.table = .holding }
        #expect(table.point("a") == nil)
        #expect(table.kinds == [.noTypeWord(word)])
    }

    @Test func `has its address in the column whose cells are addresses`() {
        let table = Imported("register,attribute,address,Type\nU1,voltage,10,u16\nU2,current,11,u16\nU3,power,0,u16") {
            $0.table = .input
        }
        #expect(table.point("u1") == "input 10 uint16 ABCD")
    }

    @Test func `has whole numbers that a spreadsheet made decimal`() {
        let table = Imported("Address,Name,Type\n40001.0,A,u16\n40002.0,B,u16")
        #expect(table.point("b") == "holding 1 uint16 ABCD")
    }

    @Test func `has addresses in two ways, and hexadecimal ones by their head`() {
        let table = Imported("Address (hex),Name,Type\n0000 (40001),A,u16\n0010 (40017),B,u16") { $0.table = .holding }
        #expect(table.point("b") == "holding 16 uint16 ABCD")
    }

    @Test func `keeps a factor open that is not understood`() {
        let table = Imported("Address,Name,Type,Factor\n0,A,u16,see 4.2") { $0.table = .holding }
        #expect(table.draft.text.contains("scale: \"TODO 1, or what the table says: see 4.2\""))
        #expect(table.kinds == [.unknownFactor("see 4.2")])
    }

    @Test func `of Windows or of UTF-16 is text too`() {
        let latin = ImportText.read(Array("T;".utf8) + [0xB0] + Array("C".utf8))
        #expect(latin?.text == "T;°C")
        #expect(latin?.encoding == .windows1252)
        #expect(ImportText.read([0xFF, 0xFE, 0x41, 0, 0xB0, 0])?.text == "A°")
        #expect(ImportText.read([0x41, 0, 0x42]) == nil)
    }

    @Test func `holds a mark for what is no number in a type of evcc`() {
        let file = Imported(
            "  power:\n    register:\n      address: 1\n      type: holding\n      decode: int16nan\n",
            as: .evcc
        )
        #expect(file.draft.text.contains("invalid: [0x8000]"))
    }

    @Test func `of ESPHome begins some bytes later where its offset says so`() {
        let text = """
            sensor:
              - {platform: modbus_controller, name: A, register_type: read, address: 4, offset: 2, value_type: U_WORD}
            """
        #expect(Imported(text, as: .esphome).point("a") == "input 5 uint16 ABCD")
    }

    @Test(arguments: ["1,002", "2,003"])
    func `has no address where a number may be a thousand or two registers`(address: String) {
        let table = Imported("Address,Name,Type\n\"\(address)\",Flow,uint16\n5,B,uint16") { $0.table = .holding }
        #expect(table.point("flow") == nil)
        #expect(table.point("b") != nil)
    }

    @Test func `has no bit where one cell became decimal and its type is a number's`() {
        let table = Imported("Address,Name,Type,Factor\n100.0,A,int16,0.1\n101,B,uint16,1") { $0.table = .holding }
        #expect(table.point("a") == "holding 100 int16 ABCD 0.1")
        #expect(table.draft.text.contains("scale: 0.1"))
    }

    @Test(arguments: ["-1", "-2", "0"]) func `leaves a factor open that no device has`(factor: String) {
        let table = Imported("Address,Name,Type,Scale\n0,A,uint16,\(factor)") { $0.table = .holding }
        #expect(table.draft.text.contains("scale: \"TODO 1, or what the table says: \(factor)\""))
    }

    @Test func `leaves the scale open where only words speak of it`() {
        let table = Imported("Address,Name,Type,Description\n0,A,uint16,dibagi 100\n1,PM2.5 (x10),uint16,dust") {
            $0.table = .holding
        }
        #expect(table.draft.text.contains("what the table says: dibagi 100"))
        #expect(table.draft.text.contains("what the table says: PM2.5 (x10)"))
    }

    @Test func `loses no row whose words are those of a head`() {
        let table = Imported("Alamat;Nama;Tipe;Satuan;Akses\n40010;Alamat modbus;UINT16;;R/W\n40011;B;UINT16;;R")
        #expect(table.point("alamat_modbus") == "holding 9 uint16 ABCD")
    }
}
