/* Ticket: the number that somebody is called by, as "A17": the letter of the device that she checked in at, and how many it has
 * given out that day. No two devices of a site have the same letter, so that no two people get the same number, whether or
 * not the devices can reach each other; a person keeps hers for all of that day's visits. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

char *limber_ticket_give (LimberTransaction *transaction, const LimberId *patient, gint64 at, GError **error);
char *limber_ticket_told (LimberReader *reader, const LimberRecord *appointment);

G_END_DECLS
