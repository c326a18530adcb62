"""Capitalised words that are no part of a person's name."""

from __future__ import annotations

from stance.tokens import words

_BODIES = words(
    """
    Commission Committee Dept Department Council Assembly Army Forces Party Front Union League
    Movement Alliance Coalition Federation Confederation Association Organisation Organization
    Ministry Government Parliament Senate Congress Court Tribunal Cabinet Presidency Embassy
    Consulate Agency Authority Bureau Office Institute Foundation University Academy College School
    Centre Center Society Group Company Corporation Bank Chamber Palace Mosque Hospital Airport
    Stadium Museum Radio Television News Agence Delegation Secretariat Forum Network Observatory
    Committees Parties Nations States Republic Kingdom Emirate Sultanate Polytechnic
    """
)
PAPERS = words(
    """
    Statement Declaration Joint Agreement Plan Initiative Treaty Resolution Communique Communiqué
    Convention Charter Protocol Accord Accords Pact Covenant Statute Constitution Proposal Programme
    Program Project Process Strategy Framework Roadmap Agenda Prize Medal
    """
)
"""Texts that are called after a city: "the Paris Accords"."""

_OCCASIONS = words(
    """
    Zone Summit Conference Meeting Session Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April May June July August September October November December Week War
    Games Festival Forum Revolution
    """
)
_PLACES = words(
    """
    Sahara Africa Europe Asia America Maghreb Mediterranean Atlantic Pacific Gulf Ocean River Valley
    Mountains Island Islands Peninsula Province Provinces Region Territory Territories Camps Avenue
    Square Canal Desert
    """
)
_PEOPLES = words(
    """
    African Africans European Europeans Asian Asians Arab Arabs Western Eastern Northern Southern
    Nordic Baltic Balkan Latin Caribbean Mediterranean Sahrawi Sahrawis Saharawi Saharawis Sahraoui
    Saharan Sahelian Basque Basques Catalan Catalans Kurdish Kurds Flemish Scottish Welsh Jewish
    Islamic Islamist Berber Amazigh Maghrebi
    """
)
_POLITICS = words(
    """
    Nationalist Communist Socialist Socialists Conservative Conservatives Liberal Liberals
    Democratic Democrat Democrats Republican Republicans Popular Peoples Workers Progressive
    National International United Foreign Federal Security Peace Autonomy Sovereignty Independence
    Integrity Recognition Support Backing Policy Politics Diplomacy Relations Affairs Integration
    Cooperation Development Unity Solidarity Moroccanness Determination Decolonisation
    Decolonization Referendum
    """
)
NOT_NAMES = _BODIES | PAPERS | _OCCASIONS | _PLACES | _PEOPLES | _POLITICS
"""Capitalised words that no person's name holds."""
