#include "limber-class-words.h"

#include <glib/gi18n-lib.h>

/**
 * limber_class_words:
 *
 * Returns: what a class of device is called
 */
const char *
limber_class_words (LimberClass klass)
{
  switch (klass) {
  case LIMBER_CLASS_DESK:
    return _("Reception desk");
  case LIMBER_CLASS_CLINIC:
    return _("Clinic computer");
  case LIMBER_CLASS_OFFICE:
    return _("Office computer");
  case LIMBER_CLASS_KIOSK:
    return _("Check-in kiosk");
  case LIMBER_CLASS_BOARD:
    return _("Waiting-room screen");
  case LIMBER_CLASS_HUB:
    return _("Hub");
  default:
    return _("Central service");
  }
}

/**
 * limber_class_what:
 *
 * Returns: what a class of device is for, and what it holds: a sentence
 */
const char *
limber_class_what (LimberClass klass)
{
  switch (klass) {
  case LIMBER_CLASS_DESK:
    return _("Today’s list, check-in and booking. It holds the people of its site, and no clinical notes.");
  case LIMBER_CLASS_CLINIC:
    return _("For those who treat. It holds the people of its site and their records.");
  case LIMBER_CLASS_OFFICE:
    return _("For managers and navigators. It holds the whole service.");
  case LIMBER_CLASS_KIOSK:
    return _("People check in there by themselves. It holds no names.");
  case LIMBER_CLASS_BOARD:
    return _("It shows who is called, and to which room.");
  case LIMBER_CLASS_HUB:
    return _("It keeps the site’s computers together when the internet is out.");
  default:
    return _("All sites come together in it.");
  }
}
