import Domain
import Importing
import Profiles
import Testing

@Suite struct `An import of another tool's file` {
    @Test func `reads the sensors of Home Assistant, with its defaults and its swaps`() {
        let file = Imported(
            """
            modbus:
              - name: hub
                password: !secret x
                sensors:
                  - { name: Flow, address: 0, data_type: float32, swap: word, unit_of_measurement: m³/h }
                  - { name: Level, address: 7, scale: 0.1, input_type: input, nan_value: 0x8000 }
                  - name: Energy
                    address: 10
                    data_type: uint32
                    unit_of_measurement: kWh
                    state_class: total_increasing
                switches:
                  - { name: pump, address: 3 }
            """,
            as: .homeassistant
        )
        #expect(file.point("flow") == "holding 0 float32 CDAB m3/h")
        #expect(file.point("level") == "input 7 int16 ABCD 0.1")
        #expect(file.draft.text.contains("max_rate: TODO"))
        #expect(file.kinds == [.maxRate, .notRead("switches")])
        #expect(!file.draft.isNumberingOpen && !file.draft.isOrderOpen)
    }

    @Test func `reads the sensors of ESPHome, and leaves a factor open where code computes it`() {
        let file = Imported(
            """
            sensor:
              - platform: uptime
              - platform: modbus_controller
                name: "${name} Voltage"
                register_type: read
                address: 0x10
                value_type: U_WORD
                unit_of_measurement: V
                filters:
                  - multiply: 0.1
              - platform: modbus_controller
                name: Energy
                register_type: holding
                address: 5
                value_type: U_DWORD_R
                lambda: !lambda |-
                  return x * 2;
            """,
            as: .esphome
        )
        #expect(file.point("voltage") == "input 16 uint16 CDAB V 0.1")
        #expect(file.draft.text.contains("scale: \"TODO 1, or what the table says: return x * 2;"))
        #expect(file.kinds == [.formula("return x * 2;")])
    }

    @Test func `reads the channels of wb-mqtt-serial, comments and bits included`() {
        let file = Imported(
            """
            {
              // a comment with "quotes"
              "device_type": "X", "device": { "name": "X1", "channels": [
              \t{ "name": "U", "reg_type": "input", "address": "0x10", "type": "voltage", "format": "u32",
                  "word_order": "little_endian", "scale": 0.01 },
                { "name": "State", "reg_type": "holding", "address": 4, "enum": [0, 1], "enum_titles": ["Off", "On"] },
                { "name": "Fault", "reg_type": "holding", "address": "5:3:1" }, /* more */
                { "name": "Song", "reg_type": "somfy", "address": 1 }
              ] }
            }
            """,
            as: .wb
        )
        #expect(file.point("u") == "input 16 uint32 CDAB V 0.01")
        #expect(file.profile?.points.first { $0.name == "state" }?.codes == [0: "Off", 1: "On"])
        #expect(file.profile?.points.last?.fields.map(\.low) == [3])
        #expect(file.kinds == [.notRead("somfy")])
        #expect(file.profile?.name == "X1")
    }

    @Test func `reads the registers of an evcc template between its lines of Go`() {
        let file = Imported(
            """
            template: sdm
            render: |
              power:
                source: modbus
                {{- include "modbus" . | indent 2 }}
                register:
                  address: 12 # active power
                  type: input
                  decode: float32s
                scale: 0.1
            """,
            as: .evcc
        )
        #expect(file.point("power") == "input 12 float32 CDAB 0.1")
    }

    @Test func `reads both forms of Telegraf`() {
        let file = Imported(
            """
            [[inputs.modbus]]
              holding_registers = [
                { name = "factor", byte_order = "AB", data_type = "FIXED", scale=0.01, address = [8]}, # a comment
                { name = "energy", byte_order = "CDAB", data_type = "UFIXED", scale=0.001, address = [5,6]},
              ]
              [[inputs.modbus.request]]
                byte_order = "ABCD"
                register = "input"
                fields = [ { address=1, name="temp", type="INT16", scale=0.1 } ]
            """,
            as: .telegraf
        )
        #expect(
            file.point("factor") == "holding 8 int16 ABCD 0.01" || file.point("factor") == "holding 8 int16 CDAB 0.01"
        )
        #expect(file.point("energy") == "holding 5 uint32 CDAB 0.001")
        #expect(file.point("temp")?.hasPrefix("input 1 int16") == true)
    }
}
