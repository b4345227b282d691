/** Notes as students hand them in: prose, definitions without a glossary, lists, and lines broken by a PDF. */
export const HISTORY = `# The Industrial Revolution

## Origins in Britain

The Industrial Revolution began in Britain in the second half of the eighteenth century. Britain had large deposits of coal and iron ore close to the surface, and its rivers and canals made transport cheap. The enclosure movement drove many small farmers from the land, which gave the new factories a supply of workers. James Watt improved the steam engine in 1769 by adding a separate condenser. Before Watt, the Newcomen engine was used mainly to pump water out of coal mines. In 1764 James Hargreaves built the spinning jenny, which let one worker spin several threads at once. Richard Arkwright patented the water frame in 1769 and opened the first water-powered cotton mill at Cromford in 1771. Samuel Crompton combined the two machines in the spinning mule in 1779. The power loom was invented by Edmund Cartwright in 1785.

## Transport

The Bridgewater Canal opened in 1761 and halved the price of coal in Manchester. George Stephenson built the Rocket, a steam locomotive that won the Rainhill Trials in 1829. The Liverpool and Manchester Railway opened in 1830 and was the first line to carry passengers on a timetable. By 1850 Britain had more than 6,000 miles of railway. Turnpike trusts were bodies that repaired roads and charged travellers a toll. John McAdam developed a road surface of crushed stone that drained well.

## Society

Urbanisation is the growth of towns as people move there from the countryside. Manchester grew from about 25,000 inhabitants in 1772 to more than 300,000 in 1851. Working days of fourteen hours were common because employers paid for machines that had to run all day. Children were employed in mines because they could crawl through narrow tunnels. The Luddites were textile workers who broke machines that they blamed for low wages. Trade unions were illegal until 1824 because Parliament feared a revolution like the one in France. The Factory Act of 1833 banned the employment of children under nine in textile mills. The Mines Act of 1842 ended the employment of women and girls underground. Robert Owen ran a model mill at New Lanark, where workers had decent houses and a school. Chartism was a movement that demanded the vote for all men and secret ballots. The middle class gained the vote in 1832, whereas most workers gained it only in 1867 and 1884.

## Ideas

Adam Smith argued in The Wealth of Nations that free markets turn private interest into public benefit. Thomas Malthus warned that population grows faster than the supply of food. Karl Marx described history as a struggle between classes. Laissez-faire is the belief that the government should not interfere in the economy. Socialism is the view that the means of production should belong to the community. Capitalism is an economic system in which private owners control trade and industry for profit. Utilitarianism is the doctrine that actions are right when they bring the greatest happiness to the greatest number.`;

export const ECONOMICS = `# Microeconomics: week 3

## Demand and supply

The quantity demanded is the amount of a good that buyers are willing and able to purchase at a given price. The law of demand states that the quantity demanded falls when the price rises, other things being equal. A demand curve slopes downward because each extra unit of a good brings less additional satisfaction. A supply curve slopes upward because producing more units costs firms more at the margin. Market equilibrium is the point at which the quantity demanded equals the quantity supplied. A shortage arises when the price is held below the equilibrium price. A surplus arises when the price is held above the equilibrium price. A price ceiling is a legal maximum on the price at which a good can be sold. A price floor is a legal minimum on the price at which a good can be sold. Rent control is the best-known example of a price ceiling.

## Kinds of goods

A normal good is a good for which demand rises when income rises. An inferior good is a good for which demand falls when income rises. Substitutes are goods that can be used in place of each other, such as butter and margarine. Complements are goods that are used together, such as printers and ink. A public good is a good that nobody can be kept from using and that one person's use does not reduce. Public goods include street lighting, national defence, and lighthouses.

## Elasticity

Price elasticity of demand measures how strongly the quantity demanded responds to a change in price. Income elasticity measures how strongly demand responds to a change in income. Cross elasticity measures how demand for one good responds to the price of another. Demand for insulin is inelastic because patients cannot do without it. Demand for luxury cars is elastic because buyers can easily put off the purchase. When demand is inelastic, a higher price increases total revenue.

## Costs and market forms

Fixed costs do not change with the quantity produced, whereas variable costs rise with every unit. Marginal cost is the cost of producing one more unit. Opportunity cost is the value of the best alternative that is given up. Sunk costs are costs that have already been paid and cannot be recovered. A monopoly is a market with a single seller and no close substitutes. An oligopoly is a market in which a few large firms dominate. Perfect competition is a market form with many sellers of identical products and free entry. Monopolistic competition is a market form with many sellers of slightly different products. Firms under perfect competition are price takers because each one is too small to influence the market price. A natural monopoly arises when one firm can serve the whole market at a lower cost than two firms could.

## Market failure

An externality is an effect of a transaction on people who take no part in it. A negative externality is called an external cost, and a positive one an external benefit. Moral hazard is the tendency of insured people to take greater risks. Adverse selection is the tendency of people with high risks to buy more insurance. A Pigouvian tax is a tax on an activity that causes harm to others. The free-rider problem is the tendency to enjoy a public good without paying for it.`;

export const NETWORKS = `# Computer networks

## OSI layers

The OSI model has seven layers.

1. Physical layer carries raw bits over a cable or radio
2. Data link layer moves frames between neighbours on one link
3. Network layer routes packets between networks
4. Transport layer connects programs on two hosts
5. Session layer keeps a dialogue open
6. Presentation layer translates and encrypts data
7. Application layer serves the programs that people use

## Protocols

- **TCP** – a transport protocol that delivers a reliable, ordered stream of bytes
- **UDP** – a transport protocol that sends single datagrams without any guarantee
- **IP** – the protocol that addresses packets and routes them from network to network
- **DNS** – the service that translates names of hosts into IP addresses
- **DHCP** – the protocol that assigns addresses to hosts when they join a network
- **ARP** – the protocol that finds the hardware address that belongs to an IP address
- **ICMP** – the protocol that reports errors and answers ping requests

## Devices

- Hub: repeats every signal to all of its ports
- Switch: forwards frames only to the port of the addressee
- Router: forwards packets between different networks
- Firewall: blocks traffic that breaks a set of rules
- Load balancer: spreads requests over several servers

An IPv4 address has 32 bits. An IPv6 address has 128 bits. A MAC address has 48 bits and is burned into the network card. The TCP handshake consists of three messages. Ethernet frames carry at most 1,500 bytes of payload.

Congestion control slows a sender down when packets are lost. Flow control keeps a fast sender from flooding a slow receiver. Packet loss usually means congestion because modern cables lose very few bits. UDP is preferred for live calls because a late packet is worse than a lost one. NAT saves addresses because many hosts share one public address. HTTPS encrypts traffic because anyone on the path could read plain HTTP.

\`\`\`python
def checksum(data):
    return sum(data) % 65536
\`\`\``;

export const PHYSICS = `Waves and optics

A wave is a disturbance that carries energy through a medium without
carrying matter along with it. The wavelength is the distance between two
neighbouring crests of a wave. The frequency is the number of
oscillations in one second. The amplitude is the largest displacement
from the position of rest. In a transverse wave the medium moves at right
angles to the direction of travel, whereas in a longitudinal wave it moves
to and fro along it.

Refraction is the bending of a wave as it passes from one medium into
another. Diffraction is the spreading of a wave around the edges of an
obstacle. Interference is the superposition of two waves that meet at one
place. Reflection is the return of a wave from a boundary. Polarisation is
the restriction of the oscillation of a transverse wave to one plane.
Dispersion is the separation of light into its colours by a medium whose
refractive index depends on wavelength.

Light travels through empty space at about 300,000 km per second. Sound
travels through air at about 340 metres per second. The human ear hears
frequencies from 20 to 20,000 hertz. A converging lens brings parallel rays
together in a focal point. A diverging lens spreads parallel rays as if
they came from one point. Concave mirrors collect light, while convex
mirrors spread light over a wide angle. Thomas Young demonstrated the
interference of light with two slits in 1801. Christiaan Huygens published
his wave theory of light in 1690. Isaac Newton described light as a stream
of particles. James Clerk Maxwell predicted electromagnetic waves in 1865.
Heinrich Hertz produced radio waves in his laboratory in 1887. Albert
Einstein explained the photoelectric effect in 1905. The sky is blue because air scatters
short wavelengths more strongly than long ones. A rainbow forms because
raindrops refract and reflect sunlight. Thunder follows lightning because
sound is much slower than light. Optical fibres guide light because it is
totally reflected at their walls.

Total internal reflection occurs when light meets a less dense medium at a
steep angle. The critical angle is the angle of incidence above which no
light leaves the denser medium. The focal length is the distance from a
lens to its focal point. The refractive index is the ratio of the speed of light in empty space
to the speed of light in a medium.`;
