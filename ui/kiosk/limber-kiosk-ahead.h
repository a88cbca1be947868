/* LimberKioskAhead: the page that most likely comes next is made while somebody reads the one before, so that it is there at once when
 * she has answered. What it takes from that answer, it takes when it comes. */
#pragma once

#include "limber-kiosk-site.h"
#include "limber-kiosk-visit.h"

G_BEGIN_DECLS

/* Zero it to begin. */
typedef struct {
  LimberKioskPage *page; /* (owned) (nullable): until any page comes, so that its language is the one in sight */
  LimberKioskStage stage;
  char            *home; /* (owned) (nullable): what the first page was made of */
} LimberKioskAhead;

LimberKioskPage *limber_kiosk_ahead_look   (LimberKioskAhead *ahead, LimberKioskStage stage, const LimberKioskSite *site, const LimberKioskVisit *visit);
LimberKioskPage *limber_kiosk_ahead_come   (LimberKioskAhead *ahead, LimberKioskStage stage, const LimberKioskSite *site, const LimberKioskVisit *visit);
void             limber_kiosk_ahead_forget (LimberKioskAhead *ahead);

G_END_DECLS
