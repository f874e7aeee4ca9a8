"""Says which entries of the site file are no addresses or networks, and whether the caller would lock himself out.

The answer goes to standard error, one sentence; the exit status is 1 then.
"""

import argparse
import ipaddress
import sys


def network(text, key):
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        sys.exit(f'{key}: {error}: use addresses or networks such as 192.168.1.0/24, no names')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--lan', nargs='*', default=[])
    parser.add_argument('--trunk', nargs='*', default=[])
    parser.add_argument('--client', nargs='?', default='')
    given = parser.parse_args()
    lan = [network(text, 'greffier_lan') for text in given.lan]
    for text in given.trunk:
        network(text, 'greffier_trunk.match')
    if not lan:
        sys.exit('greffier_lan is empty: name the networks that may reach the web UI and ssh')
    if given.client and not any(ipaddress.ip_address(given.client.split('%')[0]) in known for known in lan):
        sys.exit(f'greffier_lan does not hold {given.client}, from where you are connected: the firewall would lock you out')


main()
