/* LimberLetter: what is written to somebody about her appointments to come, in the words that patients read (NHS service
 * manual). Each appointment has its code, by which a kiosk checks her in. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

#define LIMBER_LETTER_MOST 12 /* appointments in one letter */

/**
 * LimberLetterVisit:
 * @when: "Monday 6 August 2018, 5:30pm"
 * @with: (nullable): whom she sees
 * @where: the site, and the room where one is known
 * @code: ten letters and figures
 * @start: milliseconds UTC
 * @first: (nullable): the given name of whom she sees
 *
 * All are (owned).
 */
typedef struct {
  LimberId appointment;
  gint64   start;
  char    *when, *with, *first, *where, *code;
} LimberLetterVisit;

/**
 * LimberLetter:
 * @name: (owned): given name first
 * @address: (owned) (nullable): lines; %NULL when none is known, or nobody may read it here: hand it over then
 * @date: (owned): of the letter
 * @visits: (owned) (element-type LimberLetterVisit): those to come, the first one first
 * @language: (owned) (nullable): the code of hers
 * @large: she needs large print
 */
typedef struct {
  char      *name, *address, *date, *language;
  GPtrArray *visits;
  gboolean   large;
} LimberLetter;

LimberLetter *limber_letter_read (LimberReader *reader, const LimberId *patient, GError **error);
void          limber_letter_free (LimberLetter *letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberLetter, limber_letter_free)

G_END_DECLS
