// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deployer} from "../../../contracts/Deployer.sol";
import {OrganizationRegistry} from "../../../contracts/OrganizationRegistry.sol";
import {IDeployer} from "../../../contracts/interfaces/IDeployer.sol";
import {IOrganizationRegistry} from "../../../contracts/interfaces/IOrganizationRegistry.sol";
import {Test} from "./Test.sol";

contract DeployerTest is Test {
    Deployer private _deployer = new Deployer();

    function testFuzz_address_follows_from_salt_and_code(bytes32 salt, address registrar) external {
        vm.assume(registrar != address(0));
        bytes memory code = _code(registrar);
        address expected = _deployer.addressOf(salt, keccak256(code));
        vm.expectEmit();
        emit IDeployer.ContractDeployed(expected, salt);
        address deployed = _deployer.deploy(salt, code);
        same(deployed, expected, "address");
        same(OrganizationRegistry(deployed).registrar(), registrar, "constructor argument");
    }

    function test_every_deployment_has_the_same_code() external {
        address one = _deployer.deploy("one", _code(address(1)));
        address two = _deployer.deploy("two", _code(address(2)));
        isTrue(one != two, "different addresses");
        same(one.codehash, two.codehash, "code hash");
    }

    function test_an_address_is_taken_once() external {
        bytes memory code = _code(address(1));
        address taken = _deployer.deploy("salt", code);
        vm.expectRevert(abi.encodeWithSelector(IDeployer.DeploymentFailed.selector, taken));
        _deployer.deploy("salt", code);
    }

    function test_a_constructors_own_reason_is_passed_on() external {
        vm.expectRevert(abi.encodeWithSelector(IOrganizationRegistry.AddressMissing.selector));
        _deployer.deploy("salt", _code(address(0)));
    }

    function test_creation_without_code_is_no_deployment() external {
        address expected = _deployer.addressOf("salt", keccak256(""));
        vm.expectRevert(abi.encodeWithSelector(IDeployer.DeploymentFailed.selector, expected));
        _deployer.deploy("salt", "");
    }

    function _code(address registrar) private pure returns (bytes memory) {
        return bytes.concat(type(OrganizationRegistry).creationCode, abi.encode(registrar));
    }
}
