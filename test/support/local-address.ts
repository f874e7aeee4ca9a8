import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** The address of this machine that packets to the server leave from. baresip would take the default route's. */
export async function localAddress(server: string): Promise<string> {
  const [host = '', port] = server.split(':');
  const socket = createSocket('udp4');
  socket.connect(Number(port ?? 5060), host);
  await once(socket, 'connect');
  const { address } = socket.address();
  socket.close();
  return address;
}
