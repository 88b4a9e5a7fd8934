const ANY_ID = 0xffff;

/** A vendor or device id as the tables write it: four hexadecimal digits, or `ANY`. */
export function idText(id: number): string {
  return (id & ANY_ID) === ANY_ID ? 'ANY' : id.toString(16).padStart(4, '0');
}
